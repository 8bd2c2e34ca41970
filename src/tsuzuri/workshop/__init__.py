"""What a writer uses: the command line, previews, checks, imports."""
