"""What the database itself refuses of items: below every service, page, import and shell."""

from common.promises.guards import Guard

# The list's columns repeat the current version; a filed item changes by a further version only.
ITEM_FOLLOWS_VERSION = Guard(
    name="item_follows_version",
    when="BEFORE INSERT OR UPDATE",
    declare="v record; sheet jsonb;",
    body="""
  IF NEW.current_version_id IS NULL THEN
    IF TG_OP = 'UPDATE' AND OLD.current_version_id IS NOT NULL THEN
      RAISE EXCEPTION '呈报过的议题不能没有当前稿' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.current_version_id IS NOT NULL
     AND (NEW.number_id IS DISTINCT FROM OLD.number_id
          OR NEW.current_version_id = OLD.current_version_id AND NEW.filed_on IS DISTINCT FROM OLD.filed_on) THEN
    RAISE EXCEPTION '呈报过的议题编号不变，呈报日只随新稿改动' USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO v FROM agenda_itemversion WHERE id = NEW.current_version_id;
  sheet := v.content -> 'sheet';
  IF v.item_id <> NEW.id OR v.no < (SELECT max(no) FROM agenda_itemversion WHERE item_id = NEW.id) THEN
    RAISE EXCEPTION '当前稿须是本议题的最新一稿' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.title <> sheet ->> 'title' OR NEW.unit_id::text <> sheet ->> 'unit' OR NEW.handling <> sheet ->> 'handling'
     OR NEW.matter_kind_id::text IS DISTINCT FROM sheet ->> 'matter_kind'
     OR NEW.classification <> sheet ->> 'classification'
     OR NEW.target_body <> sheet ->> 'target_body' OR NEW.leader_id IS DISTINCT FROM v.leader_id
     OR NEW.amount IS DISTINCT FROM (sheet ->> 'amount')::numeric OR NEW.urgent <> (sheet ->> 'urgent')::boolean THEN
    RAISE EXCEPTION '呈报过的议题只能随新稿改动' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

ATTACHMENT_KEEPS_FILE = Guard(
    name="attachment_keeps_file",
    when="BEFORE UPDATE",
    body="""
  IF NEW.file_id <> OLD.file_id OR NEW.item_id <> OLD.item_id OR NEW.kind <> OLD.kind THEN
    RAISE EXCEPTION '附件不能更换内容，只能移出后另加' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

VERSION_IS_SEALED = Guard(
    name="version_is_sealed",
    when="BEFORE INSERT",
    declare="r record; body jsonb;",
    body="""
  SELECT schema, subject, payload, payload_digest INTO r FROM common_chainrecord WHERE id = NEW.record_id;
  body := convert_from(r.payload, 'UTF8')::jsonb;
  IF r.schema NOT LIKE 'item_version/%' OR r.subject <> 'agenda.item/' || NEW.item_id
     OR r.payload_digest <> NEW.digest OR body -> 'content' IS DISTINCT FROM NEW.content
     OR (body ->> 'no')::int <> NEW.no THEN
    RAISE EXCEPTION '一稿的内容和摘要须与存证一致' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

VERSION_ATTACHMENT_IS_SEALED = Guard(
    name="version_attachment_is_sealed",
    when="BEFORE INSERT",
    body="""
  IF NOT EXISTS (SELECT 1 FROM agenda_itemversion v WHERE v.id = NEW.version_id
                 AND v.content -> 'attachments' @> jsonb_build_array(jsonb_build_object('id', NEW.attachment_id))) THEN
    RAISE EXCEPTION '附件不在这一稿的存证之中' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

_ON_OWN_VERSION = """
  IF NOT EXISTS (SELECT 1 FROM agenda_itemversion v WHERE v.id = NEW.version_id AND v.item_id = NEW.item_id) THEN
    RAISE EXCEPTION '意见须写在本议题的一稿上' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;"""
OPINION_ON_OWN_VERSION = Guard(name="opinion_on_own_version", when="BEFORE INSERT", body=_ON_OWN_VERSION)
WAIVER_ON_OWN_VERSION = Guard(name="waiver_on_own_version", when="BEFORE INSERT", body=_ON_OWN_VERSION)
URGENT_REQUEST_ON_OWN_VERSION = Guard(name="urgent_request_on_own_version", when="BEFORE INSERT", body=_ON_OWN_VERSION)
URGENT_APPROVAL_ON_OWN_VERSION = Guard(
    name="urgent_approval_on_own_version", when="BEFORE INSERT", body=_ON_OWN_VERSION
)

SIGNATURE_BINDS_VERSION = Guard(
    name="signature_binds_version",
    when="BEFORE INSERT",
    declare="v record;",
    body="""
  SELECT item_id, digest, route_id, submitted_at INTO v FROM agenda_itemversion WHERE id = NEW.version_id;
  IF v.item_id <> NEW.item_id OR v.digest <> NEW.digest
     OR NOT EXISTS (SELECT 1 FROM agenda_signstep s WHERE s.id = NEW.step_id AND s.route_id = v.route_id) THEN
    RAISE EXCEPTION '签字须签在本议题这一稿的摘要和签批路线上' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.signed_on < (v.submitted_at AT TIME ZONE 'Asia/Shanghai')::date
     OR NEW.signed_on > (NEW.signed_at AT TIME ZONE 'Asia/Shanghai')::date THEN
    RAISE EXCEPTION '签字日须在这一稿呈报之后、录入之前' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
)

# What the rules ask, counted in the database itself.
CLEARANCE_IS_EARNED = Guard(
    name="clearance_is_earned",
    when="BEFORE INSERT",
    declare="v record; i record; missing int; earliest date;",
    body="""
  SELECT * INTO v FROM agenda_itemversion WHERE id = NEW.version_id;
  SELECT * INTO i FROM agenda_item WHERE id = NEW.item_id FOR SHARE;
  IF v.item_id <> NEW.item_id OR v.digest <> NEW.digest OR v.rule_set_id <> NEW.rule_set_id
     OR i.current_version_id IS DISTINCT FROM NEW.version_id THEN
    RAISE EXCEPTION '放行须对应议题的当前稿' USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO missing FROM agenda_signstep s WHERE s.route_id = v.route_id AND NOT EXISTS (
    SELECT 1 FROM agenda_signature g WHERE g.version_id = v.id AND g.step_id = s.id AND g.verdict = 'approve');
  IF missing > 0 THEN
    RAISE EXCEPTION '还差 % 道签字，不能放行', missing USING ERRCODE = 'check_violation';
  END IF;
  IF i.handling IN ('discuss', 'ballot') THEN
    SELECT count(*) INTO missing FROM agenda_checkrule r
    WHERE r.rule_set_id = v.rule_set_id AND r.matter_kind_id = i.matter_kind_id
      AND NOT EXISTS (SELECT 1 FROM agenda_checkopinion o WHERE o.version_id = v.id AND o.kind = r.check_kind)
      AND NOT EXISTS (SELECT 1 FROM agenda_checkwaiver w WHERE w.version_id = v.id AND w.kind = r.check_kind
                      AND r.need = 'waivable');
    IF missing > 0 THEN
      RAISE EXCEPTION '还差 % 项前置程序，不能放行', missing USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
      SELECT 1 FROM (SELECT DISTINCT ON (o.kind) o.* FROM agenda_checkopinion o WHERE o.version_id = v.id
                     ORDER BY o.kind, o.id DESC) newest
      WHERE newest.conclusion IN ('insufficient', 'infeasible', 'high', 'unlawful', 'absent',
                                  'feasible_if_changed', 'lawful_if_changed')
         OR (newest.conclusion = 'middle' AND NOT newest.measures_confirmed)) THEN
      RAISE EXCEPTION '有前置程序的结论不允许上会' USING ERRCODE = 'check_violation';
    END IF;
    SELECT min(newest.valid_until) INTO earliest FROM (
      SELECT DISTINCT ON (o.kind) o.valid_until FROM agenda_checkopinion o WHERE o.version_id = v.id
      ORDER BY o.kind, o.id DESC) newest;
    IF NEW.valid_until IS DISTINCT FROM earliest THEN
      RAISE EXCEPTION '放行的有效期须是各项前置程序中最早的一个' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;""",
)
