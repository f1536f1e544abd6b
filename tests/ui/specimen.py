"""Every component on three pages, with words as long as real ones, for tests and for eyes."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.utils.translation import get_language

STATES = {
    "ar": {
        "received": "تم التوصل به",
        "in_hand": "قيد المعالجة",
        "answered": "تم الجواب",
        "closed": "مغلق",
        "late": "تجاوز الأجل",
        "refused": "غير مقبول",
    },
    "fr": {
        "received": "Reçu",
        "in_hand": "En cours de traitement",
        "answered": "Répondu",
        "closed": "Clos",
        "late": "En retard",
        "refused": "Irrecevable",
    },
}
_WORDS = {
    "home": ("كيف يمكننا مساعدتكم؟", "Comment pouvons-nous vous aider ?"),
    "report": ("أبلغوا عن مشكل", "Signaler un problème"),
    "report_words": (
        "حددوا المكان وأضيفوا صورة في أقل من دقيقة",
        "Montrez le lieu, ajoutez une photo, en une minute",
    ),
    "request": ("اطلبوا وثيقة أو خدمة", "Demander un document"),
    "request_words": (
        "اطلعوا على الوثائق المطلوبة قبل البدء",
        "Voyez les pièces demandées avant de commencer",
    ),
    "cut": ("انقطاع الماء الصالح للشرب", "Coupure d’eau potable"),
    "cut_words": ("يوم الثلاثاء 24 نونبر من 9:00 إلى 14:00.", "Mardi 24 novembre, de 9:00 à 14:00."),
    "details": ("للتفاصيل", "En savoir plus"),
    "figures": ("أرقام", "Chiffres"),
    "month": ("تبليغا هذا الشهر", "signalements ce mois-ci"),
    "in_time": ("من الأجوبة داخل الأجل", "des réponses dans les délais"),
    "communes": ("جماعة", "communes"),
    "news": ("مستجدات الإقليم", "Dans la province"),
    "lamp": ("عمود إنارة لا يشتغل قرب المسجد", "Lampadaire éteint près de la mosquée"),
    "place": ("جماعة أكليم", "Commune d’Aklim"),
    "service": ("الإنارة العمومية", "Éclairage public"),
    "story": ("الشارع مظلم منذ أسبوع عند خروج التلاميذ.", "La rue est dans le noir à la sortie de l’école."),
    "photo": ("صورة", "Photo"),
    "expected": ("الجواب المنتظر", "Réponse attendue"),
    "me_too": ("أنا أيضا (7)", "Moi aussi (7)"),
    "follow": ("تتبعوا", "Suivre"),
    "share": ("شاركوا", "Partager"),
    "withdraw": ("اسحبوا التبليغ", "Retirer"),
    "limit": ("الأجل", "Délai"),
    "limit_words": (
        "اليوم 2 من 5 أيام عمل. بعدها تخبر العمالة.",
        "Jour 2 sur 5 (jours ouvrés), puis la province est prévenue.",
    ),
    "reference": ("رقم المرجع", "Référence"),
    "empty": ("لا تبليغات هنا بعد.", "Aucun signalement ici pour le moment."),
    "previous": ("السابق", "Précédent"),
    "next": ("التالي", "Suivant"),
    "send": ("أرسلوا", "Envoyer"),
    "inbox": ("الوارد", "Boîte de réception"),
    "map": ("الخريطة", "Carte"),
    "body": ("الجهات", "Administrations"),
    "mine": ("ملفاتي", "Les miens"),
    "unassigned": ("غير مسندة", "Non attribués"),
    "all": ("الكل", "Tous"),
    "where": ("المكان", "Lieu"),
    "on_my_way": ("أنا في الطريق", "En route"),
    "done": ("تم + صورة", "Fait + photo"),
    "not_found": ("لم أجده", "Rien trouvé"),
    "parts": ("تلزم قطع", "Pièces à prévoir"),
    "name": ("الاسم", "Nom"),
    "mail": ("البريد الإلكتروني", "E-mail"),
    "mail_hint": ("لإخباركم بالجواب فقط.", "Uniquement pour vous donner la réponse."),
    "agree": ("أريد أن يظهر اسمي", "Mon nom peut être public"),
}


def words(language: str) -> dict[str, object]:
    """The words of the specimen in "ar" or "fr"."""
    place = ("ar", "fr").index(language)
    return {"states": STATES[language]} | {name: pair[place] for name, pair in _WORDS.items()}


def specimen_form(language: str, data: dict[str, str] | None = None) -> forms.Form:
    """A form with every kind of control; bound to `data` when given."""
    w = words(language)
    choices = [(f"c{n}", word) for n, word in enumerate(STATES[language].values())]

    class SpecimenForm(forms.Form):
        service = forms.ChoiceField(label=w["service"], choices=choices[:4], widget=forms.RadioSelect)
        also = forms.MultipleChoiceField(
            label=w["news"], choices=choices[:2], widget=forms.CheckboxSelectMultiple, required=False
        )
        place = forms.ChoiceField(label=w["where"], choices=choices)
        story = forms.CharField(label=w["lamp"], widget=forms.Textarea(attrs={"rows": 4}))
        photo = forms.FileField(label=w["photo"], required=False)
        mail = forms.EmailField(label=w["mail"], help_text=str(w["mail_hint"]))
        name = forms.CharField(label=w["name"], required=False)
        agree = forms.BooleanField(label=w["agree"], required=False)

    return SpecimenForm(data)


def context(language: str) -> dict[str, object]:
    """What the specimen's templates need."""
    then = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)
    return {
        "w": words(language),
        "form": specimen_form(language, {"mail": "not an address"}),
        "then": min(then, datetime.now(UTC) - timedelta(days=2)),
    }


def place() -> str:
    """The name of the province, as a room above would tell it."""
    return {"ar": "إقليم بركان", "fr": "Province de Berkane"}.get(get_language() or "", "Berkane Province")
