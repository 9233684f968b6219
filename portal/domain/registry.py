"""Imports every domain's models, so that Alembic and create_all see every table."""

import portal.domain.accounts.models
import portal.domain.audit.models
import portal.domain.campaigns.drafting.models
import portal.domain.campaigns.models
import portal.domain.donations.models
import portal.domain.events.models
import portal.domain.messages.models
import portal.domain.people.models
import portal.domain.volunteers.models  # noqa: F401  (imported for their tables)
