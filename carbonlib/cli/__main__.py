"""python -m carbonlib.cli"""

from carbonlib.cli import main

main()
