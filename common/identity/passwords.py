"""What a password must not be, said in the words of the office: Django's rules, of whose sentences one is English."""

from django.contrib.auth import password_validation as rules


class LongEnough(rules.MinimumLengthValidator):
    """Not short."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要有 {self.min_length} 个字符。请写长一些。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字符。"


class UnlikeTheLogin(rules.UserAttributeSimilarityValidator):
    """Not nearly the login's name."""

    def get_error_message(self) -> str:
        return "密码和登录名太相像，容易被人猜到。请另想一个。"

    def get_help_text(self) -> str:
        return "不要和登录名相像。"


class Uncommon(rules.CommonPasswordValidator):
    """Not one of those that everybody tries first."""

    def get_error_message(self) -> str:
        return "这个密码太常见，容易被人猜到。请另想一个。"

    def get_help_text(self) -> str:
        return "不要用人人会猜的密码。"


class NotDigitsAlone(rules.NumericPasswordValidator):
    """Not only digits."""

    def get_error_message(self) -> str:
        return "密码不能全是数字。请加上字母或符号。"

    def get_help_text(self) -> str:
        return "不能全是数字。"
