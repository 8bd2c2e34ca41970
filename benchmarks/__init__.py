"""How fast and how large: generated posts, the peers' smallest projects, one command.

``python -m benchmarks --help`` says what can be measured; ``make bench`` runs it.
:mod:`benchmarks.posts` is also what tests use when they need many posts.
"""
