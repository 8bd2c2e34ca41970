"""Posts of another tool, brought here.

The way: :mod:`tools` recognises the project and knows where it keeps what; :mod:`collect` finds
the posts; :mod:`addresses` tells at which URL each was; :mod:`constructs` turns shortcodes and
components into what is the same here; :mod:`files` finds images and other files, and says where
they go; :mod:`heads` adds lines to a front matter; :mod:`plan` brings it together.  All of
these only read.  :mod:`command` shows the plan or carries it out.
"""
