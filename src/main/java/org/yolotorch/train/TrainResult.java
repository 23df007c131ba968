// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.nio.file.Path;
import java.util.Optional;
import org.yolotorch.val.ValResult;

/**
 * What a training gave.
 *
 * @param folder the run folder
 * @param best the checkpoint of the best epoch; not there if none was validated or saved
 * @param last the checkpoint of the last epoch; of a training that was stopped it can be resumed
 * @param epochs epochs that were done
 * @param bestEpoch the best one, counted from 1; 0 if none was done
 * @param finished whether it came to its end, and was not stopped
 * @param val accuracy of {@code best}; empty if it was stopped or not validated
 */
public record TrainResult(
    Path folder,
    Path best,
    Path last,
    int epochs,
    int bestEpoch,
    boolean finished,
    Optional<ValResult> val) {}
