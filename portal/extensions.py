"""Flask extensions as bare objects; `create_app` ties them to an app."""

from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

babel = Babel()
compress = Compress()
csrf = CSRFProtect()
migrate = Migrate()
