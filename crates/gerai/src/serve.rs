//! Serving a city until it is told to stop: then open requests are answered first, but not for ever.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::background::{Background, refuse_unknown_jobs};
use crate::house::House;

/// Serves one city; prints `ready URL` once it answers.
pub(crate) async fn serve(
    house: House,
    demo_logins: Option<Vec<web::DemoLogin>>,
    mut stop: watch::Receiver<bool>,
) -> Result<(), String> {
    // Taken before anything else, and let go after everything else.
    let _held = house.hold()?;
    let listen = house.config.listen;
    let limit = Duration::from_secs(house.config.stop_limit_s);
    let listener = TcpListener::bind(listen).await;
    let listener =
        listener.map_err(|e| format!("{listen}: {e}. Choose another address with --listen."))?;
    let open = house.web(demo_logins)?;
    refuse_unknown_jobs(&house.db).await?;
    let background = Background::start(&house)?;
    say(&format!("ready http://{}", listener.local_addr().unwrap_or(listen)));
    let service = open.router.into_make_service_with_connect_info::<SocketAddr>();
    let mut late = stop.clone();
    let stopped = async move {
        stop.wait_for(|stop| *stop).await.ok();
    };
    let too_late = async move {
        late.wait_for(|stop| *stop).await.ok();
        tokio::time::sleep(limit).await;
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(stopped);
    let served = tokio::select! {
        served = served.into_future() => served.map_err(|e| e.to_string()),
        () = too_late => {
            tracing::warn!(limit_s = limit.as_secs(), "requests were still open and are cut off");
            Ok(())
        }
    };
    drop(background);
    served
}

/// What still runs on the runtime's threads when the city has stopped gets no more than this.
pub(crate) const CUT_OFF: Duration = Duration::from_secs(1);

/// Standard output is for people and scripts that wait for a city.
pub(crate) fn say(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).ok();
}

/// Becomes true when the operator or the system asks the program to stop.
pub(crate) fn stop_signal() -> watch::Receiver<bool> {
    let (send, receive) = watch::channel(false);
    tokio::spawn(async move {
        let terminate = async {
            let kind = tokio::signal::unix::SignalKind::terminate();
            if let Ok(mut signal) = tokio::signal::unix::signal(kind) {
                signal.recv().await;
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminate => {}
        }
        send.send(true).ok();
    });
    receive
}
