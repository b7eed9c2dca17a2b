"""`python -m convert` is `clearcopy`."""

from convert.cli import main

main()
