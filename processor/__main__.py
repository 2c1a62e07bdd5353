"""``python -m processor`` is ``payung``."""

import sys

from processor.cli.main import main

sys.exit(main())
