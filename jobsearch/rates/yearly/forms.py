"""Form of an employer's yearly figures."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.core.money import Rate
from jobsearch.rates.employer import AllowanceTreatment, EmployerSettings, TyelForm, UiBand
from jobsearch.web.fields import HundredthsField, Required
from jobsearch.web.forms import Form

_NEEDED = Required(_l("Enter the percentage."))


class YearForm(Form):
    """What one employer has agreed or chosen for a year of payment."""

    version = HiddenField()
    tyel_form = RadioField(
        _l("How the pension contribution is computed"),
        choices=[
            SelectChoice(TyelForm.TOTAL.value, _l("From the whole percentage of the insurer")),
            SelectChoice(TyelForm.AVERAGE.value, _l("From the employer’s average, for estimates")),
        ],
        default=TyelForm.TOTAL.value,
    )
    tyel_total = HundredthsField(_l("Pension contribution, per cent"), validators=[_NEEDED])
    accident = HundredthsField(
        _l("Accident insurance, per cent"),
        description=_l("It stands in the decision of the insurer."),
        validators=[_NEEDED],
    )
    group_life = HundredthsField(_l("Group life insurance, per cent"), validators=[_NEEDED])
    ui_band = RadioField(
        _l("Unemployment insurance contribution of the employer"),
        choices=[
            SelectChoice(UiBand.LOW.value, _l("The payroll of the year stays below the limit")),
            SelectChoice(
                UiBand.ABOVE_LIMIT.value, _l("The payroll of the year is above the limit")
            ),
        ],
        default=UiBand.LOW.value,
    )
    allowance_treatment = RadioField(
        _l("What the cost allowance is"),
        choices=[
            SelectChoice(
                AllowanceTreatment.REIMBURSEMENT.value,
                _l("Reimbursement of a documented cost (353): no tax is withheld"),
            ),
            SelectChoice(AllowanceTreatment.WAGE.value, _l("Wage (216): taxed and insured")),
        ],
        default=AllowanceTreatment.WAGE.value,
    )
    allowance_basis = StringField(
        _l("Which cost it covers"),
        description=_l("For example: the work share of the phone and the connection."),
        validators=[Length(max=200, message=_l("At most 200 characters."))],
    )
    bonus_in_holiday_base = BooleanField(_l("Holiday compensation is computed from the bonus too"))

    @classmethod
    def of(cls, settings: EmployerSettings | None, version: int, total: Rate | None) -> "YearForm":
        """The form with what is kept, else with what is usual."""
        if settings is None:
            usual = total.basis_points if total else None
            return cls(formdata=None, version=version, tyel_total=usual)
        return cls(
            formdata=None,
            version=version,
            tyel_form=settings.tyel_form.value,
            tyel_total=settings.tyel_total.basis_points,
            accident=settings.accident.basis_points,
            group_life=settings.group_life.basis_points,
            ui_band=settings.ui_band.value,
            allowance_treatment=settings.allowance_treatment.value,
            allowance_basis=settings.allowance_basis,
            bonus_in_holiday_base=settings.bonus_in_holiday_base,
        )

    def wanted(self, year: int) -> EmployerSettings:
        """The settings as they are written."""
        percents: dict[str, int] = {
            name: self[name].data for name in ("tyel_total", "accident", "group_life")
        }
        return EmployerSettings(
            year=year,
            tyel_total=Rate(percents["tyel_total"]),
            accident=Rate(percents["accident"]),
            group_life=Rate(percents["group_life"]),
            ui_band=UiBand(self.ui_band.data),
            allowance_treatment=AllowanceTreatment(self.allowance_treatment.data),
            allowance_basis=self.allowance_basis.data or "",
            bonus_in_holiday_base=bool(self.bonus_in_holiday_base.data),
            tyel_form=TyelForm(self.tyel_form.data),
        )

    def seen(self) -> int:
        """The version that the person saw; 0 for none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
