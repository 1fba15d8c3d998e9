"""Tables of the secret ballot: what is asked and by whom it is watched, who has voted, what it came to."""

from decisions.ballots.models.ballot import (
    Ballot,
    BallotAct,
    BallotChange,
    BallotOfficer,
    BallotSlot,
    RosterName,
    SlotRecusal,
)
from decisions.ballots.models.register import BallotCode, BallotEnvelope, BallotVoter, BallotWrap, BoothSlip
from decisions.ballots.models.results import BallotCount, OtherTotal, PaperCount, PaperSeal, SlotTotal

__all__ = [
    "Ballot",
    "BallotAct",
    "BallotChange",
    "BallotCode",
    "BallotCount",
    "BallotEnvelope",
    "BallotOfficer",
    "BallotSlot",
    "BallotVoter",
    "BallotWrap",
    "BoothSlip",
    "OtherTotal",
    "PaperCount",
    "PaperSeal",
    "RosterName",
    "SlotRecusal",
    "SlotTotal",
]
