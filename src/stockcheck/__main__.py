"""``python -m stockcheck``, for where the command is not on the path."""

from stockcheck.cli import main

if __name__ == "__main__":
    main()
