"""What the database itself checks of a secret ballot, whoever writes the row; the words are the services'."""

from common.promises.guards import Guard


def _says(condition: str, words: str) -> str:
    return f"""
  IF {condition} THEN
    RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
  END IF;"""


_SCRUTINEERS = """SELECT count(DISTINCT a.person_id) FROM decisions_ballotact a JOIN decisions_ballotofficer o
    ON o.ballot_id = a.ballot_id AND o.person_id = a.person_id AND o.kind IN ('chief', 'scrutineer')
  WHERE a.ballot_id = NEW.id AND a.step ="""
_ACTS = "SELECT count(DISTINCT person_id) FROM decisions_ballotact WHERE ballot_id = NEW.id AND step ="

# Each move rests on rows: two people's acts, the register, as many envelopes as votes, every total with its result.
BALLOT_MOVES = Guard(
    name="ballot_moves",
    when="BEFORE UPDATE OF state",
    declare="voted int; kept int;",
    body=f"""
  IF NEW.state = OLD.state OR NEW.state = 'voided' THEN
    RETURN NEW;
  END IF;
  IF NEW.state = 'confirmed' AND ({_SCRUTINEERS} 'confirm') < 2 THEN
    RAISE EXCEPTION '须两名监票人确认' USING ERRCODE = 'check_violation';
  ELSIF NEW.state = 'issued' AND (({_ACTS} 'issue') < 2 OR NOT EXISTS (
       SELECT 1 FROM decisions_ballotvoter v WHERE v.ballot_id = NEW.id AND v.eligible) OR EXISTS (
       SELECT 1 FROM decisions_ballotslot s LEFT JOIN decisions_round r ON r.id = s.round_id
        WHERE s.ballot_id = NEW.id AND (r.id IS NULL OR r.state <> 'open'))) THEN
    RAISE EXCEPTION '须两人确认、名册定格、各项都已开始表决，才能发票' USING ERRCODE = 'check_violation';
  ELSIF NEW.state = 'issued' AND NEW.way = 'device' AND (NEW.public_key = ''
     OR (SELECT count(*) FROM decisions_ballotwrap w WHERE w.ballot_id = NEW.id) <> 3
     OR (SELECT count(*) FROM decisions_ballotvoter v WHERE v.ballot_id = NEW.id AND v.eligible) < 5) THEN
    RAISE EXCEPTION '电子票须三名监票人取了口令，且投票人不少于五人' USING ERRCODE = 'check_violation';
  ELSIF NEW.state = 'closed' AND NEW.way = 'device' THEN
    SELECT count(*) INTO voted FROM decisions_ballotvoter v WHERE v.ballot_id = NEW.id AND v.cast;
    SELECT count(*) INTO kept FROM decisions_ballotenvelope e WHERE e.ballot_id = NEW.id;
    IF voted <> kept OR NEW.closed_digest <> encode(sha256(coalesce((SELECT string_agg(e.sealed, ''::bytea
         ORDER BY e.sealed) FROM decisions_ballotenvelope e WHERE e.ballot_id = NEW.id), ''::bytea)), 'hex') THEN
      RAISE EXCEPTION '选票与名册不符，不能截止' USING ERRCODE = 'check_violation';
    END IF;
    IF ({_ACTS} 'close') < 2 AND EXISTS (
         SELECT 1 FROM decisions_ballotvoter v WHERE v.ballot_id = NEW.id AND v.eligible AND NOT v.cast) THEN
      RAISE EXCEPTION '没有全部投完，提前截止须主持人和总监票人都确认' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.state = 'counted' AND (NOT EXISTS (SELECT 1 FROM decisions_ballotcount c WHERE c.ballot_id = NEW.id)
     OR EXISTS (SELECT 1 FROM decisions_ballotslot s LEFT JOIN decisions_roundresult t ON t.round_id = s.round_id
                 WHERE s.ballot_id = NEW.id AND t.id IS NULL)) THEN
    RAISE EXCEPTION '各项都有结果才能计为已计票' USING ERRCODE = 'check_violation';
  ELSIF NEW.state = 'reported' AND ({_SCRUTINEERS} 'report') < (SELECT count(*) FROM decisions_ballotofficer o
       WHERE o.ballot_id = NEW.id AND o.kind IN ('chief', 'scrutineer')) THEN
    RAISE EXCEPTION '报告单须监票人逐人签署' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)


def part_of_draft(name: str, ballot: str) -> Guard:
    """What belongs to the paper is written while the ballot is a draft; `ballot` is its id in SQL."""
    return Guard(
        name=name,
        when="BEFORE INSERT",
        body=_says(
            f"NOT EXISTS (SELECT 1 FROM decisions_ballot b WHERE b.id = {ballot} AND b.state = 'draft')",
            "票面在拟定时定格，不能再改；有误的请作废后另行拟定",
        )
        + "\n  RETURN NEW;",
    )


SLOT_ASKS_ENTRY = Guard(
    name="slot_asks_entry",
    when="BEFORE INSERT",
    body=_says(
        """NOT EXISTS (SELECT 1 FROM decisions_ballot b JOIN decisions_question q ON q.entry_id = b.entry_id
     WHERE b.id = NEW.ballot_id AND b.state = 'draft' AND q.id = NEW.question_id AND q.dropped_at IS NULL)
     OR NEW.round_id IS NOT NULL""",
        "票面各项须是本项的议决事项，在拟定时定格",
    )
    + "\n  RETURN NEW;",
)

OFFICER_IMPARTIAL = Guard(
    name="officer_impartial",
    when="BEFORE INSERT OR UPDATE OR DELETE",
    declare="b record;",
    body=f"""
  SELECT * INTO b FROM decisions_ballot WHERE id = coalesce(NEW.ballot_id, OLD.ballot_id);
  {
        _says(
            "b.state <> 'draft' OR EXISTS (SELECT 1 FROM decisions_ballotact a WHERE a.ballot_id = b.id)",
            "监票人和计票人在确认以后不能再改",
        )
    }
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  {
        _says(
            '''EXISTS (SELECT 1 FROM decisions_ballotslot s WHERE s.ballot_id = b.id AND s.person_id = NEW.person_id)
     OR EXISTS (SELECT 1 FROM decisions_slotrecusal x JOIN decisions_ballotslot s ON s.id = x.slot_id
                 WHERE s.ballot_id = b.id AND x.person_id = NEW.person_id)
     OR EXISTS (SELECT 1 FROM decisions_entrynote n WHERE n.entry_id = b.entry_id AND n.person_id = NEW.person_id
                 AND n.kind = 'recusal'
                 AND NOT EXISTS (SELECT 1 FROM decisions_entrynote c WHERE c.corrects_id = n.id))
     OR EXISTS (SELECT 1 FROM decisions_sitting t WHERE t.id = b.sitting_id AND t.chair_id = NEW.person_id)''',
            "候选人、回避的人和主持人不能监票、计票",
        )
    }
  RETURN NEW;""",
)

ACT_IN_TURN = Guard(
    name="ballot_act_in_turn",
    when="BEFORE INSERT",
    body=_says(
        """NOT EXISTS (SELECT 1 FROM decisions_ballot b WHERE b.id = NEW.ballot_id AND (NEW.step, b.state) IN (
       ('confirm', 'draft'), ('issue', 'confirmed'), ('close', 'issued'), ('report', 'counted')))
     OR (NEW.step IN ('confirm', 'report') AND NOT EXISTS (SELECT 1 FROM decisions_ballotofficer o
          WHERE o.ballot_id = NEW.ballot_id AND o.person_id = NEW.person_id AND o.kind IN ('chief', 'scrutineer')))
     OR (NEW.entered_by_id <> NEW.person_id AND EXISTS (
          SELECT 1 FROM decisions_ballot b WHERE b.id = NEW.ballot_id AND b.way = 'device'))""",
        "这一步还没有轮到，或者须由本人办理",
    )
    + "\n  RETURN NEW;",
)

VOTER_AS_ISSUED = Guard(
    name="ballot_voter_as_issued",
    when="BEFORE INSERT",
    body=_says(
        """NEW.cast OR (SELECT state FROM decisions_ballot b WHERE b.id = NEW.ballot_id) <> 'confirmed'
     OR NEW.eligible <> EXISTS (
          SELECT 1 FROM decisions_ballotslot s JOIN decisions_roundmember m ON m.round_id = s.round_id
          WHERE s.ballot_id = NEW.ballot_id AND m.person_id = NEW.person_id AND m.entitled)""",
        "投票人名册在发票时按到会有表决权的人定格",
    )
    + "\n  RETURN NEW;",
)

VOTER_MARKED_ONCE = Guard(
    name="ballot_voter_marked_once",
    when="BEFORE UPDATE",
    declare="b record;",
    body="""
  SELECT state, way INTO b FROM decisions_ballot WHERE id = NEW.ballot_id FOR SHARE;
  IF (NEW.id, NEW.committee_id, NEW.ballot_id, NEW.person_id, NEW.eligible)
     IS DISTINCT FROM (OLD.id, OLD.committee_id, OLD.ballot_id, OLD.person_id, OLD.eligible)
     OR OLD.cast OR NOT NEW.cast OR NOT NEW.eligible OR b.state <> 'issued' OR b.way <> 'device' THEN
    RAISE EXCEPTION '名册在发票后定格，只能在投票时记一次已投票' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

ENVELOPE_OF_A_CAST = Guard(
    name="envelope_of_a_cast",
    when="BEFORE INSERT",
    declare="b record;",
    body="""
  SELECT state, way INTO b FROM decisions_ballot WHERE id = NEW.ballot_id FOR SHARE;
  IF b.state <> 'issued' OR b.way <> 'device'
     OR (SELECT count(*) FROM decisions_ballotenvelope e WHERE e.ballot_id = NEW.ballot_id)
        >= (SELECT count(*) FROM decisions_ballotvoter v WHERE v.ballot_id = NEW.ballot_id AND v.cast) THEN
    RAISE EXCEPTION '没有登记投票的选票不能收下' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)


def kept_to_the_count(name: str) -> Guard:
    """Envelopes and wraps go with the count or the voiding, in its transaction, and with nothing else."""
    return Guard(
        name=name,
        when="BEFORE DELETE",
        body=_says(
            """EXISTS (SELECT 1 FROM decisions_ballot b
     WHERE b.id = OLD.ballot_id AND b.state NOT IN ('counted', 'reported', 'voided'))""",
            "密封的选票和私钥只随计票或作废销毁",
        )
        + "\n  RETURN OLD;",
    )


CODE_BEFORE_ISSUE = Guard(
    name="code_before_issue",
    when="BEFORE INSERT",
    body=_says(
        """NOT EXISTS (SELECT 1 FROM decisions_ballotofficer o JOIN decisions_ballot b ON b.id = o.ballot_id
     WHERE o.id = NEW.officer_id AND o.kind IN ('chief', 'scrutineer')
       AND b.state = 'confirmed' AND b.way = 'device')""",
        "监票口令在确认以后、发票以前领取",
    )
    + "\n  RETURN NEW;",
)

SLIP_OF_A_VOTER = Guard(
    name="slip_of_a_voter",
    when="BEFORE INSERT",
    body=_says(
        """NOT EXISTS (SELECT 1 FROM decisions_ballotvoter v JOIN decisions_ballot b ON b.id = v.ballot_id
     JOIN decisions_ballotofficer o ON o.ballot_id = b.id AND o.person_id = NEW.given_by_id
                                    AND o.kind IN ('chief', 'scrutineer')
     WHERE v.id = NEW.voter_id AND v.eligible AND NOT v.cast AND b.state = 'issued' AND b.way = 'device')""",
        "投票凭条由监票人在投票时发给还没有投票的人",
    )
    + "\n  RETURN NEW;",
)

COUNT_FITS_REGISTER = Guard(
    name="ballot_count_fits",
    when="BEFORE INSERT",
    declare="b record; voters int; voted int; kept int; agreed int; told int;",
    body="""
  SELECT * INTO b FROM decisions_ballot WHERE id = NEW.ballot_id FOR SHARE;
  SELECT count(*), count(*) FILTER (WHERE "cast") INTO voters, voted
    FROM decisions_ballotvoter WHERE ballot_id = b.id AND eligible;
  IF b.state <> 'closed' OR NEW.issued > voters THEN
    RAISE EXCEPTION '截止以后才能计票，发出不多于投票人' USING ERRCODE = 'check_violation';
  END IF;
  IF b.way = 'device' THEN
    SELECT count(*) INTO kept FROM decisions_ballotenvelope WHERE ballot_id = b.id;
    IF NEW.issued <> voters OR NEW.received <> kept OR kept <> voted THEN
      RAISE EXCEPTION '收回的选票与名册不符' USING ERRCODE = 'check_violation';
    END IF;
  ELSE
    SELECT count(*), count(DISTINCT p.content::text) INTO agreed, told FROM (
      SELECT DISTINCT ON (teller_id) issued, received, invalid, content FROM decisions_papercount
       WHERE ballot_id = b.id ORDER BY teller_id, id DESC) p
     WHERE (p.issued, p.received, p.invalid) = (NEW.issued, NEW.received, NEW.invalid);
    IF agreed < 2 OR told > 1 THEN
      RAISE EXCEPTION '两名计票人清点一致才能计票' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;""",
)

TOTAL_FITS_ROUND = Guard(
    name="slot_total_fits",
    when="BEFORE INSERT",
    declare="here int; back int;",
    body="""
  SELECT c.received INTO back FROM decisions_ballotslot s JOIN decisions_ballot b ON b.id = s.ballot_id
    JOIN decisions_ballotcount c ON c.ballot_id = b.id
   WHERE s.id = NEW.slot_id AND s.round_id = NEW.round_id AND b.state = 'closed';
  SELECT count(*) INTO here FROM decisions_roundmember m WHERE m.round_id = NEW.round_id AND m.entitled;
  IF back IS NULL
     OR NEW.approve + NEW.oppose + NEW.abstain + NEW.deferred + NEW.invalid > least(here, back) THEN
    RAISE EXCEPTION '各项合计不能多于收回的选票和有表决权的人' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

OTHER_FITS_COUNT = Guard(
    name="other_total_fits",
    when="BEFORE INSERT",
    body=_says(
        """NOT EXISTS (SELECT 1 FROM decisions_rostername n JOIN decisions_ballot b ON b.id = n.ballot_id
     JOIN decisions_ballotcount c ON c.ballot_id = b.id
     WHERE n.id = NEW.name_id AND b.state = 'closed' AND NEW.votes <= c.valid)""",
        "另选他人的得票不能多于有效票",
    )
    + "\n  RETURN NEW;",
)

PAPER_BY_TELLER = Guard(
    name="paper_by_teller",
    when="BEFORE INSERT",
    body=_says(
        """NOT EXISTS (SELECT 1 FROM decisions_ballotofficer o JOIN decisions_ballot b ON b.id = o.ballot_id
     WHERE o.id = NEW.teller_id AND o.kind = 'teller' AND o.person_id = NEW.entered_by_id
       AND b.id = NEW.ballot_id AND b.way = 'paper' AND b.state = 'closed')""",
        "纸质票在收票以后由计票人本人清点登记",
    )
    + "\n  RETURN NEW;",
)

PAPER_SEALED_ONCE = Guard(
    name="paper_sealed_once",
    when="BEFORE INSERT",
    body=_says(
        """NOT EXISTS (SELECT 1 FROM decisions_ballot b
     WHERE b.id = NEW.ballot_id AND b.way = 'paper' AND b.state IN ('counted', 'reported', 'voided'))""",
        "纸质票在计票或作废以后封存",
    )
    + "\n  RETURN NEW;",
)
