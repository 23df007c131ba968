// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of a server on standard error, a line for each message. */
public final class ServerLog {
  /** Kept, since Java forgets the level of a logger that nobody holds. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private static final Logger ANSWERS = Logger.getLogger("org.eclipse.jetty.server.Response");

  private ServerLog() {}

  /** Has Jetty log nothing below warnings, unless this process says otherwise. */
  static void quietJetty() {
    if (JETTY.getLevel() == null) {
      JETTY.setLevel(Level.WARNING);
    }
    // What it warns of here is what clients send.
    ANSWERS.setLevel(Level.SEVERE);
  }

  /** Sends the log of this process there, from warnings on. */
  public static void install(boolean json) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler handler = new ConsoleHandler();
    handler.setFormatter(json ? new Json() : new Plain());
    handler.setLevel(Level.WARNING);
    root.addHandler(handler);
    root.setLevel(Level.WARNING);
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** A text on one line, without signs that move the cursor. */
  static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static final class Plain extends Formatter {
    @Override
    public String format(LogRecord entry) {
      String text =
          Instant.ofEpochMilli(entry.getMillis())
              + " "
              + entry.getLevel().getName()
              + " "
              + line(formatMessage(entry))
              + "\n";
      return entry.getThrown() == null ? text : text + trace(entry.getThrown());
    }
  }

  private static final class Json extends Formatter {
    @Override
    public String format(LogRecord entry) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("time", Instant.ofEpochMilli(entry.getMillis()).toString());
      node.put("level", entry.getLevel().getName());
      node.put("logger", entry.getLoggerName());
      node.put("message", formatMessage(entry));
      if (entry.getThrown() != null) {
        node.put("thrown", trace(entry.getThrown()));
      }
      return node + "\n";
    }
  }
}
