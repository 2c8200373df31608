"""`python -m cli`: the command line where `jirei` is not installed."""

from cli.main import main

if __name__ == "__main__":
    main()
