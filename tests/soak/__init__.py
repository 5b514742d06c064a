"""Soak: the site as a real server, killed, starved and backed up while editors save through HTTP.

``python -m tests.soak`` runs all trials on a new folder (SQLite) or on the empty database that ``DATABASE_URL`` names,
tells how far it is, and ends with a table. Exit status 1 if anything was lost, half or broken.
"""
