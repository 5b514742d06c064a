"""The readers' and reviewers' door: public pages, history, revisions, lists, feeds.

Requests come in, pages go out; what is shown is asked of ``pages``, ``revisions`` and ``search``. Pages that are the
same for everybody read no session. Imports every floor below; never the admin.
"""
