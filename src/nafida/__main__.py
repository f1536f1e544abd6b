"""`python -m nafida`: what the script `./nafida` hands over to."""

import sys

from nafida.launch.main import main

sys.exit(main(sys.argv[1:]))
