"""The site: settings, addresses and the way to serve them. It knows ``articles``; nothing there knows it."""
