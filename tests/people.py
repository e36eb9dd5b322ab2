"""The people of the tests: Alice, whose things they are, Bob, who is signed in, and the visitor.

They are fixtures; a private thing of Alice's is tested against Bob and the visitor.
"""

import pytest
from django.test import Client

from accounts.models import User

PASSWORD = "correct horse battery staple"


@pytest.fixture
def alice(db: None) -> User:
    """Return the owner."""
    return User.objects.create_user("alice", PASSWORD, "alice@example.org")


@pytest.fixture
def bob(db: None) -> User:
    """Return another person with an account."""
    return User.objects.create_user("bob", PASSWORD, "bob@example.org")


@pytest.fixture
def alice_client(alice: User) -> Client:
    """Return a browser in which Alice is logged in."""
    return signed_in(alice)


@pytest.fixture
def bob_client(bob: User) -> Client:
    """Return a browser in which Bob is logged in."""
    return signed_in(bob)


@pytest.fixture
def visitor_client(db: None) -> Client:
    """Return a browser in which nobody is logged in."""
    return Client()


def signed_in(person: User) -> Client:
    """Return a browser in which a person is logged in."""
    client = Client()
    client.force_login(person)
    return client
