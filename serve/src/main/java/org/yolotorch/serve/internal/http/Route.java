// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.util.HashMap;
import java.util.Map;

/**
 * What answers the requests of one method to paths of one form.
 *
 * @param path its form, such as {@code /v2/models/{model}/ready}
 * @param kind who may call it, and what it costs
 */
public record Route(String method, String path, Kind kind, Work work, ErrorForm errors) {
  /** Kinds of requests. */
  public enum Kind {
    /** For everybody, even without the token. */
    OPEN,
    /** Quick. */
    LIGHT,
    /** Has a body and takes its turn among the requests that predict. */
    WORK
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Work {
    /**
     * Answers it, on a thread that may block.
     *
     * @throws HttpFailure if it is not answered as asked
     */
    Reply answer(Call call) throws Exception;
  }

  /** How a protocol writes errors. */
  @FunctionalInterface
  public interface ErrorForm {
    Reply of(int status, String sentence);
  }

  /** The parts of a path that this form gives names, or null if the path has another form. */
  Map<String, String> match(String actual) {
    String[] forms = path.split("/", -1);
    String[] parts = actual.split("/", -1);
    if (forms.length != parts.length) {
      return null;
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < forms.length; i++) {
      if (forms[i].startsWith("{")) {
        names.put(forms[i].substring(1, forms[i].length() - 1), parts[i]);
      } else if (!forms[i].equals(parts[i])) {
        return null;
      }
    }
    return names;
  }
}
