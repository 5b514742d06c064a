"""The test suite: files mirror those of the project, and their names say the behaviour."""
