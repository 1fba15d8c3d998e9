"""陆离's tests of the secret ballot, as somebody who has the database, its files and every row after every cast.

The same attacker is set on a design that looks anonymous and is not: without finding everybody there, finding nobody
here would prove nothing (positive control).
"""

import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection, transaction

from common.services import Refused
from decisions.ballots.envelope import binding, close_inner, close_outer
from decisions.ballots.keys import new_secret, public_of
from decisions.ballots.models import Ballot, BallotEnvelope
from decisions.hall.services.note_entry import note_entry
from decisions.votes.models import RoundResult
from tests.decisions.ballots_story import (
    NAMES,
    cadre_entry,
    cast,
    cast_all,
    counted,
    device_ballot,
    message,
    questions_of,
)
from tests.decisions.hall_story import MEMBERS
from tests.support import process
from tests.support.cast import District

YES, NO = 1, 2
CHANCE = 4  # standard deviations


def deviation(hits: int, guesses: int) -> float:
    """How far from what a coin would have guessed."""
    return (hits - guesses / 2) / sqrt(guesses / 4)


# How an attacker reads a choice (YES or NO) out of the bytes of a slip.
READINGS: dict[str, Callable[[bytes], int]] = {
    "last byte": lambda slip: YES if slip[-1] % 2 else NO,
    "first byte": lambda slip: YES if slip[0] % 2 else NO,
    "seventeenth byte": lambda slip: YES if slip[16 % len(slip)] % 2 else NO,
    "bits": lambda slip: YES if sum(byte.bit_count() for byte in slip) % 2 else NO,
}


@pytest.mark.parametrize("elections", [200, pytest.param(1000, marks=pytest.mark.long)])
def test_simulated_elections_of_eleven_tell_no_more_than_a_coin(elections: int) -> None:
    hits, lengths = dict.fromkeys([*READINGS, "order"], 0), set()
    for election in range(elections):
        secret = new_secret()
        public = public_of(secret)
        choices = [secrets.choice((YES, NO)) for _ in MEMBERS]
        sealed = []
        for voter, choice in enumerate(choices):
            bound = binding(election, voter)
            sealed.append(close_outer(public, bound, close_inner(public, bound, [choice])))
        middle = sorted(sealed)[len(sealed) // 2]
        for choice, slip in zip(choices, sealed, strict=True):
            for name, read in READINGS.items():
                hits[name] += read(slip) == choice
            hits["order"] += (YES if slip > middle else NO) == choice
            lengths.add(len(slip))
    assert len(lengths) == 1
    off = {name: deviation(found, elections * len(MEMBERS)) for name, found in hits.items()}
    assert all(abs(one) < CHANCE for one in off.values()), off


def nearest(written: list[tuple], moment: int) -> bytes:
    return min(written, key=lambda one: abs(one[0] - moment))[1]


class Owner:
    """Somebody with the owner's login on this test's database: reads every row with where and when it was written."""

    def __init__(self) -> None:
        self.login = psycopg.connect(
            host=os.environ["YISHI_DB_HOST"],
            user=os.environ["YISHI_DB_OWNER"],
            password=os.environ["YISHI_DB_OWNER_PASSWORD"],
            dbname=process.NAME,
            autocommit=True,
        )

    def rows(self, query: str) -> list[tuple]:
        return self.login.execute(query).fetchall()

    def log_of_writes(self) -> str:
        """The name of the file that the log of writes (WAL) has come to, all on disk: this commit waits for it."""
        self.login.execute("SET synchronous_commit = on")
        self.login.execute("CREATE TABLE written_through ()")
        self.login.execute("DROP TABLE written_through")
        [(name,)] = self.rows("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
        return name

    def make_naive_design(self) -> None:
        """An anonymous slip: random id, no voter, no time, written in the transaction that marks the register."""
        self.login.execute("CREATE TABLE naive_slip (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), slip bytea)")
        self.login.execute(f'GRANT INSERT ON naive_slip TO "{settings.APP_ROLE}"')

    def linked(self, slips: str) -> dict[int, bytes]:
        """Per voter the slip written nearest to his mark in the register, by the number of the transaction (xmin)."""
        marks = self.rows('SELECT person_id, xmin::text::bigint FROM decisions_ballotvoter WHERE "cast"')
        written = self.rows(f"SELECT xmin::text::bigint, slip FROM ({slips}) s")
        return {person: nearest(written, at) for person, at in marks}


@pytest.fixture
def owner(committed_db: None) -> Iterator[Owner]:
    found = Owner()
    yield found
    found.login.close()


SEALED = "SELECT xmin, sealed AS slip FROM decisions_ballotenvelope"
NAIVE = "SELECT xmin, slip FROM naive_slip"


def elections_are_watched(district: District, owner: Owner, elections: int) -> None:
    """Votes at random, in committed transactions; after each cast the attacker reads all there is."""
    owner.make_naive_design()
    entry = cadre_entry(district, names=NAMES[:1])
    guesses, naive, hits = 0, 0, dict.fromkeys(READINGS, 0)
    for election in range(elections):
        ballot, written = device_ballot(district, entry, reason="再次表决" if election else "")
        said: dict[int, int] = {}
        for name in secrets.SystemRandom().sample(MEMBERS, len(MEMBERS)):
            person, choice = district.person(name), secrets.choice((YES, NO))
            with transaction.atomic():
                cast(district, ballot, name, choice)
                with connection.cursor() as cursor:
                    cursor.execute("INSERT INTO naive_slip (slip) VALUES (%s)", [bytes([choice])])
            said[person.pk] = choice
            assert person.pk in owner.linked(SEALED)  # who has voted is known, and which envelope is his
        for slips, read in ((SEALED, READINGS), (NAIVE, {"last byte": READINGS["last byte"]})):
            for person, slip in owner.linked(slips).items():
                if person not in said:
                    continue
                for reading, guess in read.items():
                    right = guess(bytes(slip)) == said[person]
                    naive += slips == NAIVE and right
                    hits[reading] += slips == SEALED and right
        guesses += len(said)
        ballot = counted(district, Ballot.objects.get(pk=ballot.pk), written)
        result = RoundResult.objects.get(round__slot__ballot=ballot)
        assert (result.approve, result.oppose) == tuple(list(said.values()).count(one) for one in (YES, NO))
        assert owner.rows("SELECT count(*) FROM decisions_ballotenvelope") == [(0,)]
    off = {name: deviation(found, guesses) for name, found in hits.items()}
    assert all(abs(one) < CHANCE for one in off.values()), off
    assert naive / guesses > 0.95


@pytest.mark.parametrize("elections", [2, pytest.param(40, marks=pytest.mark.long)])
def test_elections_in_the_database_tell_no_more_than_a_coin(owner: Owner, district: District, elections: int) -> None:
    elections_are_watched(district, owner, elections)


PLANTED = (0xA7C3, 0x5E19, 0xD2F4)  # no options: 废票, that nobody else's paper looks like
KNOWN = "听见即可找到的一句话"  # what is searched for by the same means and must be found


def test_an_unusual_ballot_is_found_nowhere(owner: Owner, district: District) -> None:
    """Not in a dump, nor in the heap or the log of writes, nor in what is cached; before and after the count."""
    ballot, written = device_ballot(district, cadre_entry(district))
    since = owner.log_of_writes()
    cast_all(district, ballot, [(name, PLANTED if name == MEMBERS[3] else (YES, YES, NO)) for name in MEMBERS])
    own = message(ballot, district.person(MEMBERS[3]), PLANTED)
    district_note(district, ballot)
    before = everything_stored(owner, since)
    counted(district, Ballot.objects.get(pk=ballot.pk), written)
    after = everything_stored(owner, since)
    packed = b"".join(mark.to_bytes(2, "big") for mark in PLANTED)
    needles = {packed, packed.hex().encode(), str(PLANTED[0]).encode() + b", " + str(PLANTED[1]).encode()}
    for where, bytes_of in {**{f"before {k}": v for k, v in before.items()}, **after}.items():
        assert [needle for needle in needles if needle in bytes_of] == [], where
        assert own not in bytes_of, where
    for where in ("dump", "heap", "wal"):
        assert KNOWN.encode() in before[where], where


def district_note(district: District, ballot: Ballot) -> None:
    """Something that is stored in the clear, in the same meeting."""
    note_entry(actor=district.office, entry=ballot.entry, kind="note", text=KNOWN)


def everything_stored(owner: Owner, since: str) -> dict[str, bytes]:
    """A dump, the files of this database, the log of writes, the program's folder, the cache and the sessions."""
    [lock] = Path(os.environ["YISHI_DB_HOST"]).glob(".s.PGSQL.*.lock")
    cluster = Path(lock.read_text().splitlines()[1])
    until = owner.log_of_writes()
    # Before the pages go to disk: after that the log may be used anew.
    wal = contents(file for file in (cluster / "pg_wal").glob("0*") if since <= file.name <= until)
    spare = f"{process.NAME}_files"
    with psycopg.connect(
        host=os.environ["YISHI_DB_HOST"], user=os.environ["YISHI_DB_OWNER"],
        password=os.environ["YISHI_DB_OWNER_PASSWORD"], dbname="postgres", autocommit=True,
    ) as keeper:  # fmt: skip
        # Making a database by copying files writes every page to disk first, as a checkpoint does.
        keeper.execute(f'CREATE DATABASE "{spare}" TEMPLATE template0 STRATEGY file_copy')
        keeper.execute(f'DROP DATABASE "{spare}"')
    [(oid,)] = owner.rows("SELECT oid FROM pg_database WHERE datname = current_database()")
    dump = subprocess.run(
        ["pg_dump", "-h", os.environ["YISHI_DB_HOST"], "-U", os.environ["YISHI_DB_OWNER"], process.NAME],
        env=os.environ | {"PGPASSWORD": os.environ["YISHI_DB_OWNER_PASSWORD"]}, capture_output=True, check=True,
    )  # fmt: skip
    return {
        "dump": dump.stdout,
        "heap": contents((cluster / "base" / str(oid)).iterdir()),
        "wal": wal,
        "logs": contents((cluster / "log").glob("*")) + contents(cluster.glob("*.log")),
        "folder": contents(process.FOLDER.rglob("*")),
        "cache": cached(),
    }


def contents(files) -> bytes:
    return b"\0".join(file.read_bytes() for file in files if file.is_file())


def cached() -> bytes:
    """All that Redis holds, whoever put it there: broker, cache, sessions."""
    found = []
    for number in (0, 1):
        with redis.Redis.from_url(f"{settings.REDIS_URL}?db={number}") as client:
            found += [client.dump(key) or b"" for key in client.scan_iter(count=1000)]
    return b"\0".join(found)


def test_envelopes_removed_swapped_or_slipped_in_are_found_and_named(owner: Owner, district: District) -> None:
    """By somebody who can switch the database's guards off; nothing is counted, and the ballot can only be voided."""
    ballot, written = device_ballot(district, cadre_entry(district, names=NAMES[:1]))
    ballot = cast_all(district, ballot, [(name, (YES,)) for name in MEMBERS])
    kept = owner.rows("SELECT id, sealed, mac FROM decisions_ballotenvelope ORDER BY id")
    public = bytes.fromhex(ballot.public_key)
    forged = close_outer(
        public, binding(ballot.pk, district.mayor.person.pk), message(ballot, district.mayor.person, (NO,))
    )
    edit = owner.login.execute
    edit("ALTER TABLE decisions_ballotenvelope DISABLE TRIGGER USER")
    edit("UPDATE decisions_ballotenvelope SET sealed = %s WHERE id = %s", [forged, kept[0][0]])
    with pytest.raises(Refused, match="有 1 张密封的选票被替换或改动。这次票决不能计票"):
        counted(district, ballot, written)
    edit("UPDATE decisions_ballotenvelope SET sealed = %s, mac = %s WHERE id = %s", [*kept[1][1:], kept[0][0]])
    with pytest.raises(Refused, match="与截止时的摘要不符"):
        counted(district, ballot, written)
    edit("DELETE FROM decisions_ballotenvelope WHERE id = %s", [kept[0][0]])
    with pytest.raises(Refused, match="已投票的 11 人，密封的选票 10 张，有选票被删除或加入"):
        counted(district, ballot, written)
    assert BallotEnvelope.objects.count() == 10
    assert not RoundResult.objects.exists()


def test_a_copy_from_the_middle_of_the_vote_opens_nothing_without_codes(owner: Owner, district: District) -> None:
    """All that a backup holds: the public keys, the wraps, the envelopes. No two of the three codes, no ballot."""
    ballot, written = device_ballot(district, cadre_entry(district, names=NAMES[:1]))
    ballot = cast_all(district, ballot, [(name, (YES,)) for name in MEMBERS[:5]])
    held = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for table in ("ballot", "ballotcode", "ballotwrap", "ballotenvelope")
        for row in owner.rows(f"SELECT * FROM decisions_{table}")
        for value in row
    )
    for code in written.values():
        assert code.encode() not in held
        assert code.replace(" ", "").encode() not in held
    guessed = dict.fromkeys(written, "0000 0000 0000 0000")
    with pytest.raises(Refused, match="不能计票"):
        counted(district, ballot, written)  # voting is not over
    with pytest.raises(Refused, match="不能计票"):
        counted(district, ballot, guessed)
    assert questions_of(ballot.entry)[0].rounds.get().state == "open"
