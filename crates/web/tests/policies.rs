//! Rules as clerks write them, as approvers decide about them and as the public reads them.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use base::Role;
use base::account::OrganisationKind;
use base::policy;
use serde_json::json;
use testkit::City;

async fn city() -> City {
    City::open(vec![web::house()]).await
}

/// The three bounds of a size, as the form sends them.
fn sizes<'m>(part: &str, micro: &'m str) -> Vec<(String, &'m str)> {
    let tops = [("micro", micro), ("small", "15.000.000.000"), ("medium", "50.000.000.000")];
    let tops = tops.into_iter().enumerate();
    let tops = tops.flat_map(|(i, (class, top))| {
        let top = if part == "capital" && i > 0 {
            ["", "5.000.000.000", "10.000.000.000"][i]
        } else {
            top
        };
        [(format!("body/{part}/{i}/class"), class), (format!("body/{part}/{i}/up_to"), top)]
    });
    tops.collect()
}

fn basis() -> Vec<(String, &'static str)> {
    [
        ("valid_from", "2026-04-01"),
        ("instrument", "Peraturan Wali Kota"),
        ("number", "5"),
        ("year", "2026"),
        ("article", "Pasal 4"),
        ("mark", "law_read"),
        ("based_on", "1"),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

/// The fields of a form on a page, ready to be sent again.
fn fields_of(page: &str) -> Vec<(String, String)> {
    let decoded =
        |text: &str| text.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"");
    let tag =
        regex::Regex::new(r#"<input ([^>]*)>|<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>"#);
    let attribute = |tag: &str, name: &str| {
        let found = regex::Regex::new(&format!(r#"(?:^|\s){name}="([^"]*)""#)).unwrap();
        found.captures(tag).map(|found| decoded(&found[1]))
    };
    let chosen = regex::Regex::new(r#"value="([^"]*)" selected"#).unwrap();
    let mut fields = Vec::new();
    for found in tag.unwrap().captures_iter(page) {
        if let Some(input) = found.get(1) {
            let ticked =
                !matches!(attribute(input.as_str(), "type").as_deref(), Some("checkbox" | "radio"))
                    || input.as_str().contains(" checked");
            let name = attribute(input.as_str(), "name").filter(|_| ticked);
            let value = attribute(input.as_str(), "value").unwrap_or_else(|| "on".to_owned());
            fields.extend(name.map(|name| (name, value)));
        } else {
            let value = chosen.captures(&found[3]).map(|it| it[1].to_owned()).unwrap_or_default();
            fields.push((found[2].to_owned(), value));
        }
    }
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_rule_is_written_in_a_form_whose_rows_come_and_go() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let dinkes = city.organisation(OrganisationKind::Agency, "Dinas Kesehatan").await;
    let editor = city.person("Nur Hidayati", Role::PolicyEditor, &office).await.client;
    for kind in policy::KINDS {
        let form = format!("/policies/{}/draft", kind.kind);
        let blank = editor.get(&form).await.expect(200);
        let fields = fields_of(&blank.body);
        let sent: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let paper = basis();
        let rule = sent.iter().filter(|(name, _)| name.starts_with("body/")).copied();
        let rule: Vec<_> = rule.chain(paper.iter().map(|(n, v)| (n.as_str(), *v))).collect();
        let location = editor.post(&form, &rule).await.expect(303).location.unwrap();
        let written = editor.get(&format!("/api/v1{location}")).await.expect(200).json();
        let before = editor.get(&format!("/api/v1/policies/{}", kind.kind)).await.json();
        assert_eq!(written["body"], before["body"], "{}: the form loses nothing", kind.kind);
        assert_eq!(written["changes"], json!([]), "{}", kind.kind);
    }
    let form = "/policies/base.local_purchase_obligation/draft";
    let more = [("do", "add:body/exemptions"), ("body/wording", "must")];
    let more = editor.post(form, &more).await.expect(200);
    assert!(more.body.contains("body/exemptions/0/reason"), "a row came");
    let code = dinkes.code.clone();
    let bound = format!("body/agencies/{code}");
    let mut fields = vec![
        ("body/wording", "must"),
        (bound.as_str(), "on"),
        ("body/exemptions/0/reason", "Keadaan darurat"),
        ("body/exemptions/0/code", ""),
    ];
    let mut gone = fields.clone();
    gone.push(("do", "remove:body/exemptions/0"));
    let gone = editor.post(form, &gone).await.expect(200);
    assert!(!gone.body.contains("body/exemptions/0/reason"), "a row went");
    let own = basis();
    fields.extend(own.iter().map(|(name, value)| (name.as_str(), *value)));
    let at = editor.post(form, &fields).await.expect(303).location.unwrap();
    let page = editor.get(&at).await.expect(200).sees("Dinas Kesehatan");
    page.sees("Semua barang dan jasa").sees("Keadaan darurat");
    let data = editor.get(&format!("/api/v1{at}")).await.json();
    assert_eq!(data["body"]["exemptions"][0]["code"], "keadaan_darurat");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_warns_before_approval_and_goes_back_with_a_note() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let editor = city.person("Nur Hidayati", Role::PolicyEditor, &office).await.client;
    let approver = city.person("Teguh Santoso", Role::PolicyApprover, &office).await.client;
    let form = "/policies/base.local_purchase_obligation/draft";
    let write = async |top: &str, from: &str| {
        let fields = [
            ("body/wording", "must"),
            ("body/up_to", top),
            ("valid_from", from),
            ("instrument", "Surat Edaran Wali Kota"),
            ("mark", "city_choice"),
            ("based_on", "1"),
        ];
        editor.post(form, &fields).await.expect(303).location.unwrap()
    };
    let first = write("10.000.000", "2026-03-01").await;
    let page = approver.get(&first).await.expect(200).sees("Berlaku surut sejak 1 Maret 2026");
    page.sees("Tidak ada pesanan dalam masa itu");
    approver.post(&format!("{first}/approval"), &[]).await.expect(303);
    editor.get("/messages").await.expect(200).sees("sudah disahkan");
    let second = write("20.000.000", "2026-04-01").await;
    let page = approver.get(&second).await.expect(200).sees("Beda dari versi 2");
    page.sees("Ditulis dari versi 1, padahal yang digantikan versi 2");
    let back = format!("{second}/return");
    approver.post(&back, &[("note", "")]).await.expect(422).sees("Tulis alasannya");
    approver.post(&back, &[("note", "Sebut nomor edarannya")]).await.expect(303);
    editor.get("/messages").await.expect(200).sees("Sebut nomor edarannya");
    editor.get("/policies/desk").await.expect(200).sees("Dikembalikan kepada Anda");
    let returned = editor.get(&second).await.expect(200).sees("Oleh Teguh Santoso");
    let returned = returned.sees("Perbaiki dan kirim lagi");
    assert!(!returned.text().contains("Tulis versi sendiri"), "it is their own");
    assert!(returned.body.contains(&format!("{form}?from=3")));
    let again = editor.get(&format!("{form}?from=3")).await.expect(200);
    let again = again.sees("Sebut nomor edarannya");
    assert!(again.body.contains("20.000.000") && again.body.contains("Surat Edaran Wali Kota"));
    write("30.000.000", "2026-04-01").await;
    let desk = editor.get("/policies/desk").await.expect(200);
    assert!(!desk.text().contains("Dikembalikan kepada Anda"), "it was written anew");
    city.visitor().get(&second).await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_reads_the_rule_of_a_day_and_one_year_of_holidays() {
    let city = city().await;
    let public = city.visitor();
    let at = "/policies/base.size_classes";
    public.get(&format!("{at}?on=2026-01-01")).await.expect(200).sees("versi 1");
    let early = public.get(&format!("{at}?on=2019-01-01")).await.expect(200);
    early.sees("Pada 1 Januari 2019 kota belum punya aturan ini");
    public.get(&format!("{at}?on=kemarin")).await.expect(422).sees("Tulis tanggal");
    let program = public.get("/api/v1/policies?on=kemarin").await.expect(422).json();
    assert_eq!(program["codes"]["on"], "policies-day-wrong", "{program}");
    let all = public.get("/policies?on=2019-01-01").await.expect(200);
    let all = all.sees("Aturan yang berlaku 1 Januari 2019");
    assert!(!all.text().contains("Rp"), "{}", all.text());
    let calendar = public.get("/policies/base.working_days?year=2025").await.expect(200);
    let calendar = calendar.sees("Hari libur 2025");
    let text = calendar.text();
    assert!(!text.contains("Hari libur 2026") && !text.contains("1 Januari 2027"), "{text}");
    assert!(!text.contains("Tidak\n"), "no rows of nothing: {text}");
    let bound = public.get("/policies/base.local_purchase_obligation").await.expect(200);
    bound.sees("Semua dinas");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_written_by_one_and_approved_by_another() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let editor = city.person("Nur Hidayati", Role::PolicyEditor, &office).await;
    let approver = city.person("Teguh Santoso", Role::PolicyApprover, &office).await;
    city.visitor().get("/policies").await.expect(200).sees("Kelas ukuran usaha");
    let rule = city.visitor().get("/policies/base.size_classes").await.expect(200);
    rule.sees("Penjualan setahun").sees("Rp2.000.000.000").sees("Teks peraturan sudah dibaca");
    city.visitor().get("/policies/base.size_classes/draft").await.expect(303);
    let blank = editor.client.get("/policies/base.size_classes/draft").await.expect(200);
    let blank = blank.sees("Versi baru: Kelas ukuran usaha");
    let blank = blank.sees("Rupiah penuh");
    assert!(!blank.body.contains("JSON"), "clerks fill in fields");
    let send = async |micro: &str| {
        let fields: Vec<(String, &str)> =
            [sizes("capital", "1.000.000.000"), sizes("sales", micro), basis()].concat();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), *v)).collect();
        editor.client.post("/policies/base.size_classes/draft", &fields).await
    };
    let wrong = send("2,5 miliar").await.expect(422);
    let wrong = wrong.sees("Penjualan setahun, Mikro, Sampai dengan: Tulis rupiah penuh");
    assert!(wrong.body.contains("2,5 miliar"), "what was typed stands there still");
    send("90.000.000.000").await.expect(422).sees("Batas ini harus lebih besar");
    let same = send("2.000.000.000").await.expect(303).location.unwrap();
    assert_eq!(same, "/policies/base.size_classes/versions/2", "another paper is a change");
    editor.client.post(&format!("{same}/withdrawal"), &[("reason", "Salah")]).await.expect(303);
    let sent = send("3.000.000.000").await.expect(303);
    let at = sent.location.unwrap();
    assert_eq!(at, "/policies/base.size_classes/versions/3");
    city.visitor().get(&at).await.expect(404);
    let draft = editor.client.get(&at).await.expect(200).sees("Menunggu orang kedua");
    let draft = draft.sees("Beda dari versi 1").sees("Rp3.000.000.000");
    let draft = draft.sees("Peraturan Wali Kota Nomor 5 Tahun 2026 Pasal 4");
    draft.sees("Penjualan setahun › Mikro › Sampai dengan");
    let approval = format!("{at}/approval");
    editor.client.post(&approval, &[]).await.expect(403);
    approver.client.get("/policies").await.expect(200).sees("Menunggu pengesahan");
    let queue = editor.client.get("/policies/desk").await.expect(200).sees("Draf Anda");
    queue.sees("Kelas ukuran usaha, versi 3").sees("1 beda");
    let queue = approver.client.get("/policies/desk").await.expect(200);
    queue.sees("Menunggu Anda sahkan").sees("Ditulis Nur Hidayati");
    approver.client.get("/messages").await.expect(200).sees("menunggu pengesahan Anda");
    let data = approver.client.get("/api/v1/policies/desk").await.expect(200).json();
    assert_eq!((&data["to_approve"][0]["version"], &data["may_draft"]), (&json!(3), &json!(false)));
    city.visitor().get("/policies/desk").await.expect(303);
    for desk in [&editor, &approver] {
        let home = desk.client.get("/desk").await.expect(303);
        assert_eq!(home.location.as_deref(), Some("/policies/desk"));
    }
    approver.client.post(&approval, &[]).await.expect(303);
    city.visitor().get(&at).await.expect(200).sees("Akan berlaku");
    city.visitor().get("/policies").await.expect(200).sees("Akan berlaku");
    let withdrawal = format!("{at}/withdrawal");
    approver.client.post(&withdrawal, &[("reason", "")]).await.expect(422).sees("Tulis alasannya");
    approver.client.post(&withdrawal, &[("reason", "Salah angka")]).await.expect(303);
    let page = city.visitor().get(&at).await.expect(200).sees("Salah angka");
    assert!(!page.text().contains("Teguh"), "names are for those who work on rules");
    editor.client.get(&at).await.expect(200).sees("Oleh Teguh Santoso");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_mistakes_of_a_rule_are_told_at_once() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let editor = city.person("Nur Hidayati", Role::PolicyEditor, &office).await.client;
    let mut fields: Vec<(String, &str)> =
        [sizes("capital", "9.000.000.000"), sizes("sales", "2.000.000.000")].concat();
    fields[5].1 = "-5";
    let paper = [("valid_from", "1800-01-01"), ("mark", "law_read"), ("dated", "2999-01-01")];
    fields.extend(paper.map(|(name, value)| (name.to_owned(), value)));
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    let at = "/policies/base.size_classes/draft";
    let page = editor.post(at, &fields).await.expect(422);
    let page = page.sees("Modal usaha, Menengah, Sampai dengan: Tulis rupiah penuh");
    let page = page.sees("Modal usaha, Kecil, Sampai dengan: Batas ini harus lebih besar");
    let page = page.sees("Tulis dasar hukumnya").sees("Periksa tahunnya");
    page.sees("Tulis nomornya").sees("Dasar hukumnya belum ada pada hari ini");
    fields.retain(|(name, _)| *name != "mark");
    let page = editor.post(at, &fields).await.expect(422).sees("Pilih seberapa pasti");
    page.sees("Tulis dasar hukumnya").sees("Batas ini harus lebih besar").sees("Periksa tahunnya");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_program_proposes_stands_on_the_desks_of_both() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let editor = city.person("Nur Hidayati", Role::PolicyEditor, &office).await.client;
    let approver = city.person("Teguh Santoso", Role::PolicyApprover, &office).await.client;
    let proposed = city.write(|tx| {
        let old = policy::history(tx, "base.local_purchase_obligation")?.remove(0);
        let mut body = old.body;
        body["up_to"] = json!(50_000_000);
        let policy::Version { kind, valid_from, basis, mark, .. } = old;
        let rule = policy::Draft {
            kind,
            body,
            valid_from,
            valid_to: None,
            basis,
            mark,
            origin: None,
            based_on: None,
        };
        policy::ship(tx, policy::KINDS, &rule)
    });
    assert_eq!(proposed.await.unwrap(), policy::Shipped::Proposed);
    for desk in [&editor, &approver] {
        desk.get("/policies/desk").await.expect(200).sees("Usulan versi program yang baru");
    }
    let at = "/policies/base.local_purchase_obligation/versions/2";
    approver.get(at).await.expect(200).sees("tidak berlaku sebelum disahkan").sees("Rp50.000.000");
    let form = "/policies/base.local_purchase_obligation/draft?from=2";
    assert!(editor.get(form).await.expect(200).body.contains("50.000.000"));
    city.visitor().get(at).await.expect(404);
    approver.post(&format!("{at}/approval"), &[]).await.expect(303);
    city.visitor().get(at).await.expect(200);
}
