"""`python -m twinrights.cli`, where the script is not on the path."""

import sys

from twinrights.cli.main import main

sys.exit(main())
