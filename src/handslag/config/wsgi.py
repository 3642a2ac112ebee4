"""What the web server calls."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from handslag.config import memory

# A thread that waits for the database gets its turn back from one that computes within this time; the interpreter's
# own five milliseconds are paid anew at every statement of a page.
SWITCH_SECONDS = 0.001

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handslag.config.settings")
application = get_wsgi_application()

sys.setswitchinterval(SWITCH_SECONDS)
memory.settle()
