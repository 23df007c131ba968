// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.Deadline;

/** A clock that stands until a test turns it. Thread-safe. */
public final class HandClock implements Deadline.Clock {
  private final List<Alarm> alarms = new ArrayList<>();
  private long now = -7;

  private record Alarm(long at, Runnable action) {}

  @Override
  public synchronized long getAsLong() {
    return now;
  }

  @Override
  public synchronized Runnable after(long nanos, Runnable action) {
    Alarm alarm = new Alarm(now + nanos, action);
    alarms.add(alarm);
    return () -> {
      synchronized (this) {
        alarms.remove(alarm);
      }
    };
  }

  /** Turns it on, and does what was to be done until then. */
  public void turn(Duration time) {
    List<Alarm> due;
    synchronized (this) {
      now += time.toNanos();
      due = alarms.stream().filter(alarm -> alarm.at() <= now).toList();
      alarms.removeAll(due);
    }
    due.forEach(alarm -> alarm.action().run());
  }

  /** How many calls wait for a time. */
  public synchronized int alarms() {
    return alarms.size();
  }
}
