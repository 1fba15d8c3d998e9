"""What the database itself checks of a vote, whoever writes the row (rules.md §2); the words are the services'.

A member is in the room by the newest event of attendance, and recused by a 回避 line that was not corrected, or from
one name of the secret ballot that is just being issued.
"""

from common.promises.guards import Guard

_PRESENT = """(SELECT a.kind FROM decisions_attendance a JOIN decisions_sitting t ON t.meeting_id = a.meeting_id
               WHERE t.id = d.sitting_id AND a.person_id = d.person_id ORDER BY a.id DESC LIMIT 1) = 'arrive'"""
_RECUSED = """(EXISTS (SELECT 1 FROM decisions_entrynote n WHERE n.entry_id = q.entry_id AND n.person_id = d.person_id
                        AND n.kind = 'recusal'
                        AND NOT EXISTS (SELECT 1 FROM decisions_entrynote c WHERE c.corrects_id = n.id))
               OR EXISTS (SELECT 1 FROM decisions_slotrecusal x JOIN decisions_ballotslot l ON l.id = x.slot_id
                           JOIN decisions_ballot b ON b.id = l.ballot_id AND b.state = 'confirmed'
                           WHERE l.question_id = q.question_id AND x.person_id = d.person_id))"""

# What a round asks is what was voted on; of a void one nothing rests on the words.
QUESTION_STAYS_AS_VOTED = Guard(
    name="question_stays_as_voted",
    when="BEFORE UPDATE",
    body="""
  IF NEW.entry_id <> OLD.entry_id OR (NEW.text <> OLD.text AND EXISTS (
       SELECT 1 FROM decisions_round r WHERE r.question_id = NEW.id AND r.state <> 'voided')) THEN
    RAISE EXCEPTION '表决过的议决事项不能再改' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

ROUND_HAS_QUORUM = Guard(
    name="round_has_quorum",
    when="BEFORE INSERT",
    declare="q record; r record; all_due int; here int; away int; base int;",
    body=f"""
  SELECT w.id AS question_id, e.id AS entry_id, e.state, e.meeting_id, b.kind, s.rule_set_id,
         s.meeting_id AS sat, w.dropped_at INTO q
    FROM decisions_question w JOIN agenda_agendaentry e ON e.id = w.entry_id
    JOIN agenda_meeting m ON m.id = e.meeting_id JOIN committee_body b ON b.id = m.body_id
    JOIN decisions_sitting s ON s.id = NEW.sitting_id
   WHERE w.id = NEW.question_id;
  IF q.sat <> q.meeting_id OR q.state <> 'discussing' OR q.dropped_at IS NOT NULL THEN
    RAISE EXCEPTION '只有正在审议的议决事项才能表决' USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO r FROM decisions_votingrule
   WHERE id = NEW.rule_id AND rule_set_id = q.rule_set_id AND body_kind = q.kind;
  IF r IS NULL OR NOT r.forms ? NEW.form THEN
    RAISE EXCEPTION '本次会议的规则不允许这样表决' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.form = 'secret' AND NOT EXISTS (SELECT 1 FROM decisions_ballotslot l JOIN decisions_ballot b
       ON b.id = l.ballot_id AND b.state = 'confirmed' WHERE l.question_id = NEW.question_id) THEN
    RAISE EXCEPTION '无记名表决只能随确认过的票决发票' USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*), count(*) FILTER (WHERE {_PRESENT} AND NOT {_RECUSED}), count(*) FILTER (WHERE {_RECUSED})
    INTO all_due, here, away FROM decisions_duemember d WHERE d.sitting_id = NEW.sitting_id AND d.counts;
  base := all_due - CASE WHEN r.recusal_lowers_due THEN away ELSE 0 END;
  IF NEW.due <> all_due THEN
    RAISE EXCEPTION '应到须为开会时定格的 % 人', all_due USING ERRCODE = 'check_violation';
  END IF;
  IF here = 0 OR here * r.quorum_denominator < base * r.quorum_numerator
     OR (r.quorum_operator = 'more_than' AND here * r.quorum_denominator = base * r.quorum_numerator) THEN
    RAISE EXCEPTION '到会可表决 % 人，不足法定人数，不能表决', here USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

ROUND_CLOSES_WITH_RESULT = Guard(
    name="round_closes_with_result",
    when="BEFORE UPDATE OF state",
    body="""
  IF NEW.state = 'closed' AND OLD.state <> 'closed'
     AND NOT EXISTS (SELECT 1 FROM decisions_roundresult t WHERE t.round_id = NEW.id) THEN
    RAISE EXCEPTION '没有结果的表决不能计为已计票' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'voided' AND OLD.state = 'closed' AND NOT EXISTS (
       SELECT 1 FROM decisions_question q JOIN agenda_agendaentry e ON e.id = q.entry_id
         JOIN decisions_roundmember m ON m.round_id = NEW.id AND m.recused
        WHERE q.id = NEW.question_id AND e.state = 'discussing') THEN
    RAISE EXCEPTION '已计票的一轮，只有回避登记有误且本项尚未议决时才能作废' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

MEMBER_IS_ENTITLED = Guard(
    name="round_member_is_entitled",
    when="BEFORE INSERT",
    declare="q record;",
    body=f"""
  SELECT w.id AS question_id, w.entry_id, o.sitting_id, o.state INTO q
    FROM decisions_round o JOIN decisions_question w ON w.id = o.question_id WHERE o.id = NEW.round_id;
  IF q.state <> 'open' THEN
    RAISE EXCEPTION '表决名单在开始表决时定格' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.entitled AND NOT EXISTS (
       SELECT 1 FROM decisions_duemember d WHERE d.sitting_id = q.sitting_id AND d.person_id = NEW.person_id
          AND d.counts AND d.votes AND {_PRESENT} AND NOT {_RECUSED}) THEN
    RAISE EXCEPTION '此人在这一轮没有表决权' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

VOTE_BY_ENTITLED = Guard(
    name="vote_by_entitled",
    when="BEFORE INSERT",
    declare="r record;",
    body="""
  SELECT state, form INTO r FROM decisions_round WHERE id = NEW.round_id FOR SHARE;
  IF r.state <> 'open' OR r.form <> 'recorded' THEN
    RAISE EXCEPTION '这一轮不在记名表决中' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM decisions_roundmember m
                 WHERE m.round_id = NEW.round_id AND m.person_id = NEW.person_id AND m.entitled) THEN
    RAISE EXCEPTION '此人在这一轮没有表决权' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM decisions_vote v WHERE v.id = NEW.corrects_id AND v.round_id = NEW.round_id
          AND v.person_id = NEW.person_id) THEN
    RAISE EXCEPTION '更正须针对同一人在这一轮的表决' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

COUNT_FITS_ROOM = Guard(
    name="hand_count_fits",
    when="BEFORE INSERT",
    declare="r record; here int;",
    body="""
  SELECT state, form INTO r FROM decisions_round WHERE id = NEW.round_id FOR SHARE;
  IF r.state <> 'open' OR r.form <> 'show_of_hands' THEN
    RAISE EXCEPTION '这一轮不在举手表决中' USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO here FROM decisions_roundmember m WHERE m.round_id = NEW.round_id AND m.entitled;
  IF NEW.approve + NEW.oppose + NEW.abstain + NEW.deferred > here THEN
    RAISE EXCEPTION '举手人数多于到会有表决权的 % 人', here USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

RESULT_IS_COUNTED = Guard(
    name="result_is_counted",
    when="BEFORE INSERT",
    declare="o record; r record; s record; yes int; nay int; hold int; later int; bad int := 0; here int; away int;"
    " base int; carried boolean;",
    body="""
  SELECT * INTO o FROM decisions_round WHERE id = NEW.round_id FOR SHARE;
  SELECT * INTO r FROM decisions_votingrule WHERE id = o.rule_id;
  SELECT count(*) FILTER (WHERE entitled), count(*) FILTER (WHERE recused) INTO here, away
    FROM decisions_roundmember WHERE round_id = o.id;
  IF o.form = 'recorded' THEN
    SELECT count(*) FILTER (WHERE choice = 'approve'), count(*) FILTER (WHERE choice = 'oppose'),
           count(*) FILTER (WHERE choice = 'abstain'), count(*) FILTER (WHERE choice = 'deferred')
      INTO yes, nay, hold, later FROM decisions_vote t
     WHERE t.round_id = o.id AND NOT EXISTS (SELECT 1 FROM decisions_vote c WHERE c.corrects_id = t.id);
  ELSIF o.form = 'show_of_hands' THEN
    SELECT approve, oppose, abstain, deferred INTO yes, nay, hold, later
      FROM decisions_handcount WHERE round_id = o.id ORDER BY id DESC LIMIT 1;
  ELSIF o.form = 'secret' THEN
    SELECT approve, oppose, abstain, deferred, invalid INTO yes, nay, hold, later, bad
      FROM decisions_slottotal WHERE round_id = o.id;
  ELSE
    SELECT here, 0, 0, 0 INTO yes, nay, hold, later;
  END IF;
  base := CASE r.pass_base WHEN 'valid' THEN yes + nay + hold + later WHEN 'entitled_present' THEN here
            ELSE o.due - CASE WHEN r.recusal_lowers_due THEN away ELSE 0 END END;
  carried := yes > 0 AND (yes * r.pass_denominator > base * r.pass_numerator
             OR (r.pass_operator = 'at_least' AND yes * r.pass_denominator = base * r.pass_numerator));
  IF o.form = 'secret' THEN
    SELECT b.id, b.places INTO s FROM decisions_ballotslot l JOIN decisions_ballot b ON b.id = l.ballot_id
     WHERE l.round_id = o.id;
    -- k of n: no more names than there are places have as many votes as an elected one.
    carried := carried AND (s.places IS NULL OR s.places >=
      (SELECT count(*) FROM decisions_slottotal t JOIN decisions_ballotslot l ON l.id = t.slot_id
        WHERE l.ballot_id = s.id AND t.approve >= yes)
      + (SELECT count(*) FROM decisions_othertotal t JOIN decisions_rostername n ON n.id = t.name_id
          WHERE n.ballot_id = s.id AND t.votes >= yes));
  END IF;
  IF o.state <> 'open' OR yes IS NULL OR NEW.due <> o.due OR NEW.present <> here OR NEW.passed <> carried
     OR (NEW.approve, NEW.oppose, NEW.abstain, NEW.deferred, NEW.invalid)
        IS DISTINCT FROM (yes, nay, hold, later, bad) THEN
    RAISE EXCEPTION '结果与登记的表决不符' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)
