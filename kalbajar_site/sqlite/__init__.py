"""SQLite as Django drives it, on the one file with which the site was started."""
