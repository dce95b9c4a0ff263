"""Print the reference of problems: `docs/reference/problems.md` is its output."""

import sys

from flowengine.language.codes import reference_page

if __name__ == "__main__":
    sys.stdout.write(reference_page())
