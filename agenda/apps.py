from common.subjects import SubjectsConfig


class AgendaConfig(SubjectsConfig):
    name = "agenda"
    verbose_name = "议题与会议"
    subjects = ("rules", "items", "meetings")
