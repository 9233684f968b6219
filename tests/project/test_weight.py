"""What a first visit costs a reader's phone: few requests, few bytes, nothing from anybody else."""

from flask import Flask
from flask.testing import FlaskClient

from portal.db import db
from tests.foundation.demo import SLUGS, publish_demo
from tests.foundation.pages import Page

MOST_REQUESTS, MOST_BYTES = 4, 40_000
# What a browser loads by itself: element, and the attribute that says from where.
LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}

# What a link only names, for search engines and feed readers.
ONLY_TOLD = ("canonical", "alternate")


def test_a_first_visit_to_any_page_with_campaigns_on_it_is_light(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        publish_demo(*SLUGS)
        db.session.commit()
    for path in ("/", "/campaigns", *(f"/campaigns/{slug}" for slug in SLUGS)):
        asked = [path, *loaded_with(Page(client.get(path)))]
        sizes = {address: size_of(client, address) for address in asked}

        assert len(sizes) <= MOST_REQUESTS, sizes
        assert sum(sizes.values()) < MOST_BYTES, sizes


def loaded_with(page: Page) -> list[str]:
    """Give what a browser loads with a page; all of it must be ours."""
    addresses = [
        str(element.get(attribute))
        for name, attribute in LOADED.items()
        for element in page.all(name)
        if element.get(attribute) and element.get("rel") not in ONLY_TOLD
    ]
    assert "/static/" in " ".join(addresses)
    assert all(address.startswith("/static/") for address in addresses), addresses
    return list(dict.fromkeys(addresses))


def size_of(client: FlaskClient, address: str) -> int:
    """Give the bytes of an answer's body as a browser gets it."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers.get("Content-Encoding")) in ((200, "gzip"), (200, None))
    return len(answer.data)
