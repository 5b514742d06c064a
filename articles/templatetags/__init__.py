"""What templates need besides Django's own: words for event dates, rows of lists. Imports rendering."""
