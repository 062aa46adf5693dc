//! Webhooks against a real receiver on this machine: signed, once, again after a failure, held while
//! they rest.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use base::consumer::{self, Consumer, Kinds, number_events, run_once};
use base::job::{Workshop, work_once};
use base::keyring::Keyring;
use base::message::Mailer;
use base::webhook::{self, Courier, DeliveryId, DeliveryState, HookUrl, Make, State, WebhookId};
use base::{Actor, Db, Error, Id, StoredEvent, Tx};
use serde_json::Value;

use crate::kit::{House, count, houses, note, pass_ms, read, write};

const SITI: &str = "01m841bca2hjf1nzeccvmv1xvw";
const KITCHEN: &str = "01m841bca2hjf1nzeccvmv1xvx";
const STRANGERS: &str = "01m841bca2hjf1nzeccvmv1xvy";

/// What came in: the head in small letters, and the body.
type Heard = (String, String);

/// Answers each request with the next of these statuses, the last for ever.
struct Receiver {
    address: String,
    heard: mpsc::Receiver<Heard>,
    says: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    fn opens(says: &[u16]) -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/kabar?toko=1", listener.local_addr().unwrap());
        let (tell, heard) = mpsc::channel();
        let says = Arc::new(Mutex::new(says.to_vec()));
        let script = Arc::clone(&says);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = request(&mut stream);
                let status = {
                    let mut script = script.lock().unwrap();
                    if script.len() > 1 { script.remove(0) } else { script[0] }
                };
                let head =
                    format!("HTTP/1.1 {status} X\r\nLocation: /lain\r\nContent-Length: 2\r\n");
                stream.write_all(format!("{head}Connection: close\r\n\r\nok").as_bytes()).unwrap();
                tell.send(request).ok();
            }
        });
        Receiver { address, heard, says }
    }

    fn now_says(&self, statuses: &[u16]) {
        *self.says.lock().unwrap() = statuses.to_vec();
    }

    fn all(&self) -> Vec<Heard> {
        self.heard.try_iter().collect()
    }
}

fn request(stream: &mut TcpStream) -> Heard {
    let (mut bytes, mut part) = (Vec::new(), [0; 4_096]);
    loop {
        let count = stream.read(&mut part).unwrap();
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_lowercase();
        let length = header(&head, "content-length").parse().unwrap();
        if body.len() >= length {
            return (head, body.to_owned());
        }
    }
}

fn header<'h>(head: &'h str, name: &str) -> &'h str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
}

fn announce(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<(), Error> {
    webhook::announce(tx, event, &[Id::parse(KITCHEN).unwrap()], "/procurement/orders/x")
}

const TELLER: Consumer =
    Consumer { name: "test.webhooks", kinds: Kinds::Only(&["test.noted"]), handle: announce };

struct Shop {
    house: House,
    workshop: Workshop,
    owner: Db,
    secret: String,
    hook: WebhookId,
}

impl Shop {
    fn opens(house: House, courier: Courier, address: &str) -> Shop {
        let keyring = Arc::new(Keyring::generate());
        let secret = webhook::secret().to_string();
        let sealed = keyring.seal(webhook::SECRET_PURPOSE, &secret, "").unwrap().ciphertext;
        let url = HookUrl::parse("url", address, true).unwrap();
        let make = Make { url, kinds: vec!["test.noted".to_owned()], secret: sealed };
        let owner = house.db.acting(owner_of(KITCHEN));
        let hook = write(&owner, move |tx| webhook::make(tx, &make)).unwrap().id;
        let (db, mailer) = (house.db.clone(), Mailer::none());
        let workshop = Workshop { db, files: None, kept: Vec::new(), mailer, keyring, courier };
        let shop = Shop { house, workshop, owner, secret, hook };
        shop.follow();
        shop
    }

    /// Numbers events, lets the consumer read them, does every job that is due.
    fn follow(&self) {
        let db = &self.house.db;
        while number_events(db).unwrap() > 0 || run_once(db, &TELLER).unwrap() > 0 {}
        while work_once(&self.workshop, &[webhook::DELIVER]).unwrap() {}
    }

    fn deliveries(&self) -> Vec<webhook::Delivery> {
        let hook = self.hook.clone();
        read(&self.owner, move |read| webhook::deliveries(read, &hook, None)).unwrap()
    }

    fn state(&self) -> State {
        let hook = self.hook.clone();
        read(&self.owner, move |read| webhook::find(read, &hook)).unwrap().state
    }

    fn replay(&self, id: &DeliveryId) -> Result<(), Error> {
        let (hook, id) = (self.hook.clone(), id.clone());
        write(&self.owner, move |tx| webhook::replay(tx, &hook, &id))
    }

    /// The signature is ours, and the text says nothing but where to read on.
    fn is_genuine(&self, (head, body): &Heard) {
        let (id, at) = (header(head, "webhook-id"), header(head, "webhook-timestamp"));
        let signed = webhook::sign(&self.secret, id, at.parse().unwrap(), body).unwrap();
        assert_eq!(header(head, "webhook-signature"), signed.to_lowercase());
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["type"], "test.noted");
        let told = serde_json::json!({ "subject": "case", "href": "/api/v1/procurement/orders/x" });
        assert_eq!(body["data"], told);
        assert!(head.starts_with("post /kabar?toko=1 http/1.1"), "{head}");
    }
}

fn owner_of(organisation: &str) -> Actor {
    Actor::person(SITI, Some(organisation.to_owned()), [webhook::MANAGE.0.to_owned()])
}

fn here() -> Courier {
    Courier::new().here_too()
}

#[test]
fn an_event_is_delivered_once_with_a_signature_that_holds() {
    for house in houses("hook_once") {
        let receiver = Receiver::opens(&[200]);
        let shop = Shop::opens(house, here(), &receiver.address);
        note(&shop.house.db, &["satu"]);
        shop.follow();
        let heard = receiver.all();
        assert_eq!(heard.len(), 1, "{}", shop.house.engine);
        shop.is_genuine(&heard[0]);
        // A consumer that reads everything again leaves nothing twice.
        let rewind = |tx: &mut Tx<'_>| consumer::rewind(tx, TELLER.name);
        let operator = Actor::person(SITI, None, [base::job::OPERATE.0.to_owned()]);
        write(&shop.house.db.acting(operator), rewind).unwrap();
        shop.follow();
        assert_eq!(receiver.all().len(), 0);
        let sent = shop.deliveries();
        assert_eq!((sent.len(), sent[0].state), (1, DeliveryState::Delivered));
        assert_eq!((sent[0].attempts, sent[0].status), (1, Some(200)));
        // Sent again on wish, under the same id.
        shop.replay(&sent[0].id).unwrap();
        assert!(matches!(shop.replay(&sent[0].id), Err(Error::Refused("webhook-on-its-way"))));
        shop.follow();
        let again = receiver.all();
        shop.is_genuine(&again[0]);
        assert_eq!(header(&again[0].0, "webhook-id"), header(&heard[0].0, "webhook-id"));
    }
}

#[test]
fn a_delivery_that_fails_is_tried_again_after_a_pause() {
    for house in houses("hook_again") {
        let receiver = Receiver::opens(&[500, 302, 204]);
        let shop = Shop::opens(house, here(), &receiver.address);
        note(&shop.house.db, &["satu"]);
        shop.follow();
        let sent = shop.deliveries();
        assert_eq!((sent[0].state, sent[0].status), (DeliveryState::Waiting, Some(500)));
        assert_eq!(sent[0].failure.as_deref(), Some("refused"));
        shop.follow();
        assert_eq!(receiver.all().len(), 1, "the pause is not over");
        pass_ms(&shop.house.db, 30_000);
        shop.follow();
        assert_eq!(shop.deliveries()[0].failure.as_deref(), Some("redirect"));
        assert_eq!(receiver.all().len(), 1, "a redirect is not followed");
        pass_ms(&shop.house.db, 120_000);
        shop.follow();
        let sent = shop.deliveries();
        assert_eq!((sent[0].state, sent[0].attempts), (DeliveryState::Delivered, 3));
        assert_eq!(shop.state(), State::Active);
    }
}

#[test]
fn after_the_last_attempt_the_webhook_rests_and_loses_nothing() {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    for house in houses("hook_rests") {
        let receiver = Receiver::opens(&[503]);
        let shop = Shop::opens(house, here(), &receiver.address);
        note(&shop.house.db, &["satu"]);
        for _ in 0..webhook::ATTEMPTS_MAX + 2 {
            shop.follow();
            pass_ms(&shop.house.db, DAY_MS);
        }
        assert_eq!(receiver.all().len(), webhook::ATTEMPTS_MAX, "{}", shop.house.engine);
        assert_eq!(shop.deliveries()[0].state, DeliveryState::Failed);
        assert_eq!(shop.state(), State::Suspended);
        let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM base_messages";
        assert_eq!(count(&shop.house.db, told), 1, "its people are told");
        let failed = shop.deliveries()[0].id.clone();
        assert!(matches!(shop.replay(&failed), Err(Error::Refused("webhook-not-active"))));
        note(&shop.house.db, &["dua", "tiga"]);
        shop.follow();
        assert_eq!(shop.deliveries()[0].state, DeliveryState::Held);
        receiver.now_says(&[200]);
        let hook = shop.hook.clone();
        write(&shop.owner, move |tx| webhook::resume(tx, &hook)).unwrap();
        shop.follow();
        assert_eq!(receiver.all().len(), 2);
        shop.replay(&failed).unwrap();
        shop.follow();
        assert!(shop.deliveries().iter().all(|sent| sent.state == DeliveryState::Delivered));
        // What ended long ago is not kept.
        pass_ms(&shop.house.db, 31 * DAY_MS);
        write(&shop.house.db, webhook::prune).unwrap();
        assert!(shop.deliveries().is_empty());
    }
}

#[test]
fn a_pause_holds_and_a_closure_drops() {
    for house in houses("hook_pause") {
        let receiver = Receiver::opens(&[200]);
        let shop = Shop::opens(house, here(), &receiver.address);
        note(&shop.house.db, &["satu"]);
        let db = &shop.house.db;
        while number_events(db).unwrap() > 0 || run_once(db, &TELLER).unwrap() > 0 {}
        let hook = shop.hook.clone();
        write(&shop.owner, move |tx| webhook::pause(tx, &hook)).unwrap();
        shop.follow();
        assert_eq!(shop.deliveries()[0].state, DeliveryState::Held, "its job had been left");
        let hook = shop.hook.clone();
        write(&shop.owner, move |tx| webhook::close(tx, &hook)).unwrap();
        shop.follow();
        assert!(receiver.all().is_empty());
        let listed = read(&shop.owner, webhook::list).unwrap();
        assert!(listed.is_empty(), "{}", shop.house.engine);
        let wiped = "SELECT CAST(COUNT(*) AS BIGINT) FROM base_webhooks WHERE length(secret) = 0";
        assert_eq!(count(&shop.house.db, wiped), 1);
    }
}

#[test]
fn nobody_hears_of_others_and_the_city_hears_of_all() {
    for house in houses("hook_whose") {
        let receiver = Receiver::opens(&[200]);
        let shop = Shop::opens(house, here(), &receiver.address);
        let stranger = shop.house.db.acting(owner_of(STRANGERS));
        let hook = shop.hook.clone();
        let found = read(&stranger, move |read| webhook::find(read, &hook));
        assert!(matches!(found, Err(Error::NotFound)));
        let make = |address: &str, kinds: &[&str]| Make {
            url: HookUrl::parse("url", address, true).unwrap(),
            kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
            secret: shop
                .workshop
                .keyring
                .seal_file(webhook::SECRET_PURPOSE, shop.secret.as_bytes()),
        };
        let (of_strangers, of_city) = (Receiver::opens(&[200]), Receiver::opens(&[200]));
        let cmd = make(&of_strangers.address, &[]);
        write(&stranger, move |tx| webhook::make(tx, &cmd)).unwrap();
        let may = [webhook::MANAGE.0.to_owned(), base::account::MANAGE.0.to_owned()];
        let city = shop.house.db.acting(Actor::person(SITI, Some(STRANGERS.to_owned()), may));
        let cmd = make(&of_city.address, &[]);
        write(&city, move |tx| webhook::make(tx, &cmd)).unwrap();
        note(&shop.house.db, &["satu"]);
        shop.follow();
        let heard = [&receiver, &of_strangers, &of_city].map(|receiver| receiver.all().len());
        assert_eq!(heard, [1, 0, 1], "{}", shop.house.engine);
    }
}

#[test]
fn an_address_inside_is_refused_when_it_is_sent_to() {
    for house in houses("hook_inside") {
        let receiver = Receiver::opens(&[200]);
        let secure = receiver.address.replace("http://", "https://");
        let shop = Shop::opens(house, Courier::new(), &secure);
        note(&shop.house.db, &["satu"]);
        shop.follow();
        let sent = shop.deliveries();
        assert_eq!(sent[0].failure.as_deref(), Some("webhook-url-private"));
        assert!(receiver.all().is_empty(), "{}", shop.house.engine);
    }
}
