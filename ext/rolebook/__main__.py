"""``python -m rolebook``."""

from rolebook.cli import main

if __name__ == "__main__":
    main()
