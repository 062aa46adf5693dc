//! Filters that every template may use: `use web::filters;` beside the page struct. Texts, the city
//! and the key against double sending ride beside the page as runtime values, never inside it.

use std::fmt::{Display, Write};
use std::sync::Arc;

use askama::Values;
use askama::filters::Safe;

use base::{Language, Problem, Say};

use crate::assets;
use crate::texts::Texts;

fn texts(values: &dyn Values) -> askama::Result<&Arc<Texts>> {
    askama::get_value::<Arc<Texts>>(values, "texts")
}

/// `{{ "gallery-sell"|t }}`: the text of this key.
#[askama::filter_fn]
pub fn t(key: impl AsRef<str>, values: &dyn Values) -> askama::Result<String> {
    Ok(texts(values)?.get(key.as_ref()))
}

/// `{{ "gallery-sold-on"|t1(date) }}`: the text with `$a`.
#[askama::filter_fn]
pub fn t1<A: Display>(key: impl AsRef<str>, values: &dyn Values, a: A) -> askama::Result<String> {
    Ok(texts(values)?.fill(key.as_ref(), &[&a]))
}

/// The text with `$a` and `$b`.
#[askama::filter_fn]
pub fn t2<A: Display, B: Display>(
    key: impl AsRef<str>,
    values: &dyn Values,
    a: A,
    b: B,
) -> askama::Result<String> {
    Ok(texts(values)?.fill(key.as_ref(), &[&a, &b]))
}

/// The text with `$a`, `$b` and `$c`.
#[askama::filter_fn]
pub fn t3<A: Display, B: Display, C: Display>(
    key: impl AsRef<str>,
    values: &dyn Values,
    a: A,
    b: B,
    c: C,
) -> askama::Result<String> {
    Ok(texts(values)?.fill(key.as_ref(), &[&a, &b, &c]))
}

/// `{{ order.wanted_on|say }}`: a day, a moment, a share or a count as the reader's language writes
/// it.
#[askama::filter_fn]
pub fn say(value: impl Say, values: &dyn Values) -> askama::Result<String> {
    Ok(value.say(texts(values)?.language()))
}

/// `{{ day|say_long }}`: with the day of the week.
#[askama::filter_fn]
pub fn say_long(value: impl Say, values: &dyn Values) -> askama::Result<String> {
    Ok(value.say_long(texts(values)?.language()))
}

/// `{{ year.bought|say_short }}`: `Rp8,42 miliar`, `Rp8.42 billion`.
#[askama::filter_fn]
pub fn say_short(value: impl Say, values: &dyn Values) -> askama::Result<String> {
    Ok(value.say_short(texts(values)?.language()))
}

/// `{{ count|figure }}`: plain digits as a count, words as they are.
#[askama::filter_fn]
pub fn figure(value: impl Display, values: &dyn Values) -> askama::Result<String> {
    let word = value.to_string();
    let language = texts(values)?.language();
    Ok(word.parse::<i64>().map_or(word, |count| count.say(language)))
}

/// `{{ chart.legend(chart|language) }}`: the language of the page, whatever stands before it.
#[askama::filter_fn]
pub fn language<T: ?Sized>(_: &T, values: &dyn Values) -> askama::Result<Language> {
    Ok(texts(values)?.language())
}

/// `{{ "registry-phone"|attr("hint") }}`: what hangs on a text, or nothing.
#[askama::filter_fn]
pub fn attr(key: impl AsRef<str>, values: &dyn Values, name: &str) -> askama::Result<String> {
    Ok(texts(values)?.attribute(key.as_ref(), name).unwrap_or_default())
}

/// `{% if hint|given %}`: whether anything would be shown.
#[askama::filter_fn]
pub fn given(value: impl Display, _: &dyn Values) -> askama::Result<bool> {
    Ok(write!(FirstSign, "{value}").is_err())
}

/// Stops whoever writes a first sign, so that a long text is not drawn to see whether there is any.
struct FirstSign;

impl Write for FirstSign {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        if text.is_empty() { Ok(()) } else { Err(std::fmt::Error) }
    }
}

/// `{{ problems|problem("phone") }}`: how to mend this field, or nothing.
#[askama::filter_fn]
pub fn problem<F: AsRef<str>>(
    problems: impl AsRef<[Problem]>,
    values: &dyn Values,
    field: F,
) -> askama::Result<String> {
    let found = problems.as_ref().iter().find(|problem| problem.field == field.as_ref());
    let texts = texts(values)?;
    Ok(found.map_or_else(String::new, |p| texts.fill(p.code, &[&p.detail])))
}

/// `{{ "clock"|icon }}`: a drawing beside a word, hidden from screen readers.
#[askama::filter_fn]
pub fn icon(name: impl AsRef<str>, _: &dyn Values) -> askama::Result<Safe<String>> {
    Ok(Safe(crate::icon::svg(name.as_ref())))
}

/// `{{ tone|tone_icon }}`: the drawing that says the same as the colour.
#[askama::filter_fn]
pub fn tone_icon(tone: impl AsRef<str>, _: &dyn Values) -> askama::Result<Safe<String>> {
    let name = match tone.as_ref() {
        "ok" => "check",
        "warn" => "clock",
        "bad" => "alert",
        "info" => "info",
        _ => "minusc",
    };
    Ok(Safe(crate::icon::svg(name)))
}

/// `{{ "gerai.css"|asset }}`: the address of a file of the house, which changes with its content.
#[askama::filter_fn]
pub fn asset(name: &str, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(assets::path(name))
}

/// `{{ product.id|cloth("makanan") }}`: the batik of goods without a photo, woven on this city's
/// loom.
#[askama::filter_fn]
pub fn cloth(
    id: impl Display,
    values: &dyn Values,
    category: &str,
) -> askama::Result<Safe<String>> {
    let city = askama::get_value::<String>(values, "city").map_or("semarang", String::as_str);
    Ok(Safe(crate::cloth::cloth(city, category, &id.to_string())))
}

/// `{{ number|cut }}`: the number of a paper, broken nowhere but behind its strokes.
#[askama::filter_fn]
pub fn cut(number: impl Display, _: &dyn Values) -> askama::Result<Safe<String>> {
    Ok(Safe(crate::chart::escape(&number.to_string()).replace('/', "/<wbr>")))
}

/// `{{ phone|dialled }}`: as WhatsApp takes a number, digits alone.
#[askama::filter_fn]
pub fn dialled(phone: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(phone.to_string().chars().filter(char::is_ascii_digit).collect())
}

/// `{{ "/orders"|once }}`: the address with this page's key, so that a form sent twice acts once.
#[askama::filter_fn]
pub fn once(action: impl AsRef<str>, values: &dyn Values) -> askama::Result<String> {
    let action = action.as_ref();
    let Ok(key) = askama::get_value::<String>(values, "key") else { return Ok(action.to_owned()) };
    let joint = if action.contains('?') { '&' } else { '?' };
    Ok(format!("{action}{joint}k={key}-{:08x}", crate::cloth::hash(action)))
}
