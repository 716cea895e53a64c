//! The threads that build segments.
//!
//! A record goes to the thread its id's hash names, so that all that is said
//! of one id is done in its order, by one thread, without locks.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use abs_record::Record;
use abs_schema::Fields;
use rustc_hash::FxHashMap;
use tantivy::index::Segment;
use tantivy::{DocId, Index, Opstamp, SegmentMeta, TantivyError};

use super::segment::{SegmentBuilder, with_deleted};

/// Records that go to a thread at once, and bytes of them.
const BATCH_RECORDS: usize = 64;
const BATCH_BYTES: usize = 1 << 20;
/// Batches that may wait for a thread: a tenth of a second of its work, so that
/// neither it nor who reads has to wait for the other at every turn.
const MAX_WAITING: usize = 32;
/// A batch of more bytes waits for nobody: it is done before the next is read.
const LARGE_BATCH_BYTES: usize = 4 * BATCH_BYTES;

/// What a thread is to do.
enum Order {
    /// One of them after the other.
    Take(Vec<Change>),
    /// Say that what came before is done.
    Tell(SyncSender<()>),
    /// Write what there is; the segments go back, with what was deleted in
    /// them.
    Finish(Opstamp, SyncSender<tantivy::Result<Vec<SegmentMeta>>>),
}

/// What becomes of an id that was not committed yet.
pub(super) enum Change {
    /// A record with its stored form. One of the same id since the last
    /// commit is replaced.
    Add {
        id_hash: u64,
        record: Box<Record>,
        stored: Vec<u8>,
        /// The number of the run it came in.
        run: u64,
    },
    /// The record of an id, if there is one since the last commit.
    Delete { id_hash: u64 },
}

impl Change {
    fn id_hash(&self) -> u64 {
        match self {
            Change::Add { id_hash, .. } | Change::Delete { id_hash } => *id_hash,
        }
    }

    fn n_bytes(&self) -> usize {
        match self {
            Change::Add { stored, .. } => stored.len(),
            Change::Delete { .. } => 0,
        }
    }
}

/// The threads and what waits for each.
pub(super) struct Workers {
    workers: Vec<Worker>,
}

struct Worker {
    orders: Option<SyncSender<Order>>,
    waiting: Vec<Change>,
    waiting_bytes: usize,
    thread: Option<JoinHandle<tantivy::Result<()>>>,
}

impl Workers {
    /// Starts `n_threads`, each of which writes its segment out at `max_bytes`
    /// of memory.
    pub(super) fn start(
        index: &Index,
        fields: &Fields,
        n_threads: usize,
        max_bytes: usize,
    ) -> io::Result<Workers> {
        let mut workers = Vec::with_capacity(n_threads);
        for number in 0..n_threads {
            let (orders, inbox) = sync_channel(MAX_WAITING);
            let builder = Builder {
                index: index.clone(),
                fields: fields.clone(),
                max_bytes,
                current: None,
                written: Vec::new(),
                dead: Vec::new(),
                places: FxHashMap::default(),
            };
            let thread = std::thread::Builder::new()
                .name(format!("segment-{number}"))
                .spawn(move || builder.run(&inbox))?;
            workers.push(Worker {
                orders: Some(orders),
                waiting: Vec::with_capacity(BATCH_RECORDS),
                waiting_bytes: 0,
                thread: Some(thread),
            });
        }
        Ok(Workers { workers })
    }

    /// Hands a change to its thread.
    pub(super) fn push(&mut self, change: Change) -> tantivy::Result<()> {
        // Not the low bits: the table of places wants them apart.
        let n_workers = self.workers.len() as u64;
        let which = ((change.id_hash() >> 32) * n_workers) >> 32;
        let worker = &mut self.workers[which as usize];
        worker.waiting_bytes += change.n_bytes();
        worker.waiting.push(change);
        if worker.waiting.len() >= BATCH_RECORDS || worker.waiting_bytes >= BATCH_BYTES {
            worker.send_waiting()?;
        }
        Ok(())
    }

    /// Has every thread write what it has. The segments are complete, and no
    /// part of the index yet.
    pub(super) fn finish(&mut self, opstamp: Opstamp) -> tantivy::Result<Vec<SegmentMeta>> {
        let mut answers = Vec::with_capacity(self.workers.len());
        for worker in &mut self.workers {
            worker.send_waiting()?;
            let (answer, answered) = sync_channel(1);
            worker.send(Order::Finish(opstamp, answer))?;
            answers.push(answered);
        }
        let mut metas = Vec::new();
        for (worker, answered) in self.workers.iter_mut().zip(answers) {
            match answered.recv() {
                Ok(segments) => metas.extend(segments?),
                Err(_) => return Err(worker.failure()),
            }
        }
        Ok(metas)
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in &mut self.workers {
            worker.orders = None;
        }
        for worker in &mut self.workers {
            if let Some(thread) = worker.thread.take() {
                // Its failure was told by the order that met it.
                let _ = thread.join();
            }
        }
    }
}

impl Worker {
    fn send_waiting(&mut self) -> tantivy::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let room = Vec::with_capacity(BATCH_RECORDS);
        let changes = std::mem::replace(&mut self.waiting, room);
        let n_bytes = std::mem::take(&mut self.waiting_bytes);
        self.send(Order::Take(changes))?;
        if n_bytes > LARGE_BATCH_BYTES {
            let (done, told) = sync_channel(1);
            self.send(Order::Tell(done))?;
            if told.recv().is_err() {
                return Err(self.failure());
            }
        }
        Ok(())
    }

    fn send(&mut self, order: Order) -> tantivy::Result<()> {
        let sent = self.orders.as_ref().map(|orders| orders.send(order));
        match sent {
            Some(Ok(())) => Ok(()),
            _ => Err(self.failure()),
        }
    }

    /// Why the thread ended.
    fn failure(&mut self) -> TantivyError {
        self.orders = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Err(error))) => error,
            _ => TantivyError::ErrorInThread("a thread that builds segments ended".to_owned()),
        }
    }
}

/// What a thread knows.
struct Builder {
    index: Index,
    fields: Fields,
    max_bytes: usize,
    current: Option<SegmentBuilder>,
    /// Since the last commit.
    written: Vec<Segment>,
    /// Documents replaced or deleted in each of `written`, and last in the
    /// current segment.
    dead: Vec<Vec<DocId>>,
    /// Since the last commit, by hash of the id: number of the segment and
    /// document in it.
    places: FxHashMap<u64, (u32, DocId)>,
}

impl Builder {
    /// Works until nobody sends any more, or until it fails.
    fn run(mut self, orders: &Receiver<Order>) -> tantivy::Result<()> {
        for order in orders {
            match order {
                Order::Take(changes) => {
                    for change in changes {
                        self.change(change)?;
                    }
                }
                Order::Tell(done) => {
                    let _ = done.send(());
                }
                Order::Finish(opstamp, answer) => {
                    let metas = self.finish(opstamp);
                    let failed = metas.is_err();
                    // Who asked may be gone: then nobody wants them.
                    let _ = answer.send(metas);
                    if failed {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    fn change(&mut self, change: Change) -> tantivy::Result<()> {
        if let Some((segment, doc)) = self.places.remove(&change.id_hash())
            && let Some(dead) = self.dead.get_mut(segment as usize)
        {
            dead.push(doc);
        }
        let Change::Add {
            id_hash,
            record,
            stored,
            run,
        } = change
        else {
            return Ok(());
        };
        let current = match &mut self.current {
            Some(current) => current,
            None => {
                self.dead.resize_with(self.written.len() + 1, Vec::new);
                self.current
                    .insert(SegmentBuilder::new(&self.index, &self.fields)?)
            }
        };
        let doc = current.add(&record, stored, run)?;
        let is_due = current.is_full() || current.n_bytes() >= self.max_bytes;
        let segment = u32::try_from(self.written.len()).unwrap_or(u32::MAX);
        self.places.insert(id_hash, (segment, doc));
        if is_due {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> tantivy::Result<()> {
        if let Some(current) = self.current.take() {
            self.written.push(current.finish()?);
        }
        Ok(())
    }

    fn finish(&mut self, opstamp: Opstamp) -> tantivy::Result<Vec<SegmentMeta>> {
        self.write()?;
        self.places.clear();
        let dead = std::mem::take(&mut self.dead);
        std::mem::take(&mut self.written)
            .into_iter()
            .zip(dead)
            .map(|(segment, dead)| with_deleted(segment, &dead, opstamp))
            .collect()
    }
}
