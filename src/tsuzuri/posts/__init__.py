"""Doctree to :class:`~tsuzuri.posts.model.Post`, and what posts have to do with each other."""
