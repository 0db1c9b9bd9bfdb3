"""``python -m research_kit`` is the command ``research-kit``."""

from research_kit.cli import main

if __name__ == "__main__":
    main()
