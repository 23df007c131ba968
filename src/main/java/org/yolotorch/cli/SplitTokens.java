// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.ArrayList;
import java.util.List;

/** Puts together what a shell has split: {@code conf = 0.5} and {@code imgsz=[480, 640]}. */
final class SplitTokens {
  private final String[] args;
  private final List<String> joined = new ArrayList<>();
  private int next;

  private SplitTokens(String[] args) {
    this.args = args;
  }

  static List<String> join(String... args) {
    SplitTokens tokens = new SplitTokens(args);
    while (tokens.next < args.length) {
      tokens.take();
    }
    return tokens.joined;
  }

  private void take() {
    String token = args[next++];
    int last = joined.size() - 1;
    // An equals sign alone belongs to its neighbours, whatever they are.
    if (last >= 0 && token.equals("=") && next < args.length) {
      token = joined.remove(last) + "=" + args[next++];
    } else if (last >= 0 && token.startsWith("=") && joined.get(last).indexOf('=') < 0) {
      token = joined.remove(last) + token;
    }
    // A lone 'key=' may be meant, for the default.
    if (endsWithEquals(token) && next < args.length && isValue(args[next])) {
      token += args[next++];
    }
    joined.add(withRestOfList(token));
  }

  /** A value that begins with a bracket goes on until it is closed, if it is. */
  private String withRestOfList(String token) {
    int equals = token.indexOf('=');
    if (equals < 0 || !token.startsWith("[", equals + 1) || token.indexOf(']', equals) >= 0) {
      return token;
    }
    StringBuilder list = new StringBuilder(token);
    for (int at = next; at < args.length && args[at].indexOf('=') < 0; at++) {
      list.append(args[at]);
      if (args[at].endsWith("]") || args[at].endsWith("],")) {
        next = at + 1;
        return list.toString();
      }
    }
    return token;
  }

  private static boolean endsWithEquals(String token) {
    return token.length() > 1 && token.indexOf('=') == token.length() - 1;
  }

  private static boolean isValue(String token) {
    return token.indexOf('=') < 0 && !token.startsWith("--");
  }
}
