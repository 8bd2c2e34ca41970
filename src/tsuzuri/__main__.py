"""``python -m tsuzuri`` is the command line, too."""

from tsuzuri.workshop.cli import main

if __name__ == "__main__":
    main()
