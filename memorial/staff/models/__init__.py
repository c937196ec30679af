"""Tables of the staff: accounts, what they sign in with, their sessions and sign-ins. None of it is public."""

from memorial.staff.models.account import User
from memorial.staff.models.factors import EnrolmentLink, OneTimeCodes, Passkey, RecoveryCode
from memorial.staff.models.sessions import StaffSession
from memorial.staff.models.sign_ins import AttemptCount, SignIn

__all__ = [
    "AttemptCount",
    "EnrolmentLink",
    "OneTimeCodes",
    "Passkey",
    "RecoveryCode",
    "SignIn",
    "StaffSession",
    "User",
]
