"""The worker, for tests that run it as a program: it also knows the jobs that tests ask for."""

import sys

from interview.services.jobs import kinds
from interview.web.worker import main
from tests.support.jobs import KIND, put_chunks

if __name__ == "__main__":
    kinds.HANDLERS[KIND] = put_chunks
    sys.exit(main())
