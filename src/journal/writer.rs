//! The one thread that writes a journal, so that a hanging disk does not freeze the window.
//!
//! One entry is in flight at most: the next is taken only when the one before is saved or
//! has failed. The thread owns the [`Journal`] and with it the lock.
//!
//! **Invariant:** a head comes out only for an entry that is synced.

use std::fmt;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::{Builder, JoinHandle};

use crate::incident::Entry;

use super::{Head, Journal, JournalError, Recovery};

/// Is called on the writer's thread after each finished write, failed ones too.
pub type Wake = Box<dyn Fn() + Send>;

/// A journal on a thread of its own.
///
/// Dropping it gives the lock back: at once, or after the write in flight, which is not waited for,
/// because a hanging disk would hold up whoever drops it.
pub struct Writer {
    orders: Option<SyncSender<Order>>,
    results: Receiver<Done>,
    thread: Option<JoinHandle<()>>,
    head: Head,
    recovery: Recovery,
    is_in_flight: bool,
}

/// What came of an order: the result, and what recovering had to set aside.
type Done = (Result<Head, JournalError>, Recovery);

/// What the thread is asked to do.
enum Order {
    /// Write an entry.
    Write(Box<Entry>),
    /// Recover, and write the entry that failed again.
    Retry,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("head", &self.head)
            .field("is_in_flight", &self.is_in_flight)
            .finish_non_exhaustive()
    }
}

impl Writer {
    /// Starts the thread.
    pub fn spawn(journal: Journal) -> Result<Self, JournalError> {
        Self::spawn_waking(journal, Box::new(|| {}))
    }

    /// Starts the thread; it calls `wake` after each finished write.
    pub fn spawn_waking(journal: Journal, wake: Wake) -> Result<Self, JournalError> {
        let head = journal.head().clone();
        let (orders, todo) = sync_channel(1);
        let (done, results) = sync_channel(1);
        let path = journal.path().to_owned();
        let thread = Builder::new()
            .name("journal".to_owned())
            .spawn(move || work(journal, &todo, &done, &wake))
            .map_err(|source| JournalError::Io {
                doing: crate::files::Doing::Create,
                path,
                source,
            })?;
        Ok(Self {
            orders: Some(orders),
            results,
            thread: Some(thread),
            head,
            recovery: Recovery::None,
            is_in_flight: false,
        })
    }

    /// Gives an entry to be written; refused while another is in flight.
    pub fn submit(&mut self, entry: Entry) -> Result<(), JournalError> {
        self.order(Order::Write(Box::new(entry)))
    }

    /// Recovers and writes the entry that failed again; its result comes as before.
    pub fn retry(&mut self) -> Result<(), JournalError> {
        self.order(Order::Retry)
    }

    /// Gives the result of the write in flight, once, when it is there; never waits.
    pub fn poll(&mut self) -> Option<Result<Head, JournalError>> {
        if !self.is_in_flight {
            return None;
        }
        match self.results.try_recv() {
            Ok(done) => Some(self.finished(done)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(self.finished(gone())),
        }
    }

    /// Waits for the write in flight and gives its result.
    pub fn wait(&mut self) -> Result<Head, JournalError> {
        if !self.is_in_flight {
            return Err(JournalError::Idle);
        }
        let done = self.results.recv().unwrap_or_else(|_ended| gone());
        self.finished(done)
    }

    /// Tells whether an entry is being written.
    pub fn is_in_flight(&self) -> bool {
        self.is_in_flight
    }

    /// Gives the head of all that is known to be saved.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Gives, once, what a retry had to set aside, which a person must be told.
    pub fn take_recovery(&mut self) -> Recovery {
        std::mem::replace(&mut self.recovery, Recovery::None)
    }

    fn order(&mut self, order: Order) -> Result<(), JournalError> {
        if self.is_in_flight {
            return Err(JournalError::Busy);
        }
        let sent = self.orders.as_ref().map(|orders| orders.try_send(order));
        match sent {
            Some(Ok(())) => {
                self.is_in_flight = true;
                Ok(())
            }
            _ => Err(JournalError::WriterGone),
        }
    }

    fn finished(&mut self, (result, recovery): Done) -> Result<Head, JournalError> {
        self.is_in_flight = false;
        if recovery != Recovery::None {
            self.recovery = recovery;
        }
        if let Ok(head) = &result {
            self.head = head.clone();
        }
        result
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Without orders the thread ends after the write in flight.
        self.orders = None;
        if let Some(thread) = self.thread.take().filter(|_| !self.is_in_flight) {
            // It can only have panicked in the caller's `wake`, which has been reported there.
            thread.join().ok();
        }
    }
}

fn gone() -> Done {
    (Err(JournalError::WriterGone), Recovery::None)
}

/// The thread: one order after the other until nobody can give any more.
fn work(mut journal: Journal, todo: &Receiver<Order>, done: &SyncSender<Done>, wake: &Wake) {
    let mut failed: Option<Box<Entry>> = None;
    for order in todo {
        let mut recovery = Recovery::None;
        let result = match order {
            // The one that failed is the one to try again; a later one must not take its place.
            Order::Write(_) if failed.is_some() => Err(JournalError::AlreadyFailed {
                path: journal.path().to_owned(),
            }),
            Order::Write(entry) => {
                let result = journal.append(&entry);
                failed = journal.is_failed().then_some(entry);
                result
            }
            Order::Retry => match failed.take() {
                None => Err(JournalError::Idle),
                Some(entry) => {
                    let result = journal.recover().and_then(|kept| {
                        recovery = kept;
                        journal.append(&entry)
                    });
                    failed = result.is_err().then_some(entry);
                    result
                }
            },
        };
        if done.send((result, recovery)).is_err() {
            return;
        }
        wake();
    }
}
