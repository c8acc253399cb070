//! Listening on 127.0.0.1 in a way that lets a handler break the very connection it is answering.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// A running server. Dropping it closes the listening socket.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    task: AbortHandle,
}

impl Server {
    /// `http://127.0.0.1:<port>`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves `router` on 127.0.0.1. Handlers may take `ConnectInfo<Connection>`.
///
/// # Errors
/// The port is taken or may not be used. Port 0 asks the system for a free one.
pub async fn serve(port: u16, router: Router) -> io::Result<Server> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    let service = router.into_make_service_with_connect_info::<Connection>();
    let task = tokio::spawn(async move { axum::serve(Listener(listener), service).await }).abort_handle();
    Ok(Server { address, task })
}

/// The connection a request came in on.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    broken: Arc<AtomicBool>,
}

impl Connection {
    /// Breaks the connection: the peer gets a TCP reset where the answer would have been.
    pub fn reset(&self) {
        self.broken.store(true, Ordering::SeqCst);
    }
}

struct Listener(TcpListener);

impl axum::serve::Listener for Listener {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        let (tcp, peer) = axum::serve::Listener::accept(&mut self.0).await;
        (
            Stream {
                tcp,
                connection: Connection::default(),
            },
            peer,
        )
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Listener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().connection.clone()
    }
}

struct Stream {
    tcp: TcpStream,
    connection: Connection,
}

impl Stream {
    fn check(&self) -> io::Result<()> {
        if !self.connection.broken.load(Ordering::SeqCst) {
            return Ok(());
        }
        // With no time to linger, closing sends RST instead of FIN.
        self.tcp.set_zero_linger()?;
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
