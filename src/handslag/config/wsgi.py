"""What the web server calls."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

from handslag.config import memory

# A thread that waits for the database gets its turn back from one that computes within this time; the interpreter's
# own five milliseconds are paid anew at every statement of a page.
SWITCH_SECONDS = 0.001
YOUNG_OBJECTS = 10_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handslag.config.settings")
application = get_wsgi_application()

sys.setswitchinterval(SWITCH_SECONDS)
gc.collect()
gc.freeze()  # what is loaded stays: no request waits while it is searched for garbage
gc.set_threshold(YOUNG_OBJECTS, 20, 50)
memory.settle()
