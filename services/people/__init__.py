"""Who deals with government: subjects and their papers, who acts for whom, accounts and sessions."""

from services.people.accounts import SignInRefused, create_account, sign_in
from services.people.registering import register_citizen
from services.people.sessions import Session, close_session, load_actor, open_session, recall_actor
from services.people.standing import represent, revoke_representation
from services.people.subjects import (
    MaskedSubject,
    PlainSubject,
    Registered,
    masked_view,
    register_subject,
    subject_names,
    unmasked,
)

__all__ = [
    "MaskedSubject",
    "PlainSubject",
    "Registered",
    "Session",
    "SignInRefused",
    "close_session",
    "create_account",
    "load_actor",
    "masked_view",
    "open_session",
    "recall_actor",
    "register_citizen",
    "register_subject",
    "represent",
    "revoke_representation",
    "sign_in",
    "subject_names",
    "unmasked",
]
