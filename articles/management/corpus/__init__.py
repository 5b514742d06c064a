"""A large base made for trials: a small world of articles written as everything is, and as many copies as are wanted.

``world`` records and publishes a few dozen battles by the ordinary functions; ``copying`` writes all their rows again
for every further round, with other keys and other place names. It alone goes round the write functions, into a base
that was empty; a test holds that its rows equal theirs.
"""
