"""What templates need besides Django's own: words for event dates. Imports rendering."""
