"""`python -m audioguide` is the command line."""

from audioguide.cli import main

if __name__ == "__main__":
    main()
