/// <reference types="custom-functions-runtime" />
/// <reference types="office-runtime" />
import type { AddIn } from '../AddIn';

/** The parts of Office.js that the add-in uses (https://learn.microsoft.com/javascript/api/office). */
interface OfficeGlobals {
  bailiwickAddIn: AddIn;
  Office?: {
    onReady(): Promise<unknown>;
    context?: {
      requirements?: { isSetSupported(name: string, version: string): boolean };
    };
  };
  Excel?: {
    run(
      batch: (context: {
        workbook: { application: { calculate(type: 'Full'): void } };
        sync(): Promise<void>;
      }) => Promise<void>,
    ): Promise<void>;
  };
}

const globals = globalThis as unknown as OfficeGlobals;

/** Functions of this add-in, which the gateway puts before the program. */
export const addIn = globals.bailiwickAddIn;

/** Fulfilled when Office is ready; each add-in has to call this function (https://learn.microsoft.com/office/dev/add-ins/develop/initialize-add-in). */
export const ready = Promise.resolve(globals.Office?.onReady());

/** Whether cells can have a number format of their own (ExcelApi 1.16). */
export function supportsFormats(): boolean {
  return (
    globals.Office?.context?.requirements?.isSetSupported('ExcelApi', '1.16') ??
    false
  );
}

/** Calculates all formulas of the workbook, where the page has access to it. */
export async function recalculate(): Promise<void> {
  await globals.Excel?.run(async context => {
    context.workbook.application.calculate('Full');
    await context.sync();
  });
}

/** Error of a cell, with a message that Excel shows beside it. */
export function cellError(
  code: 'invalidValue' | 'notAvailable',
  message: string,
): CustomFunctions.Error {
  return new CustomFunctions.Error(CustomFunctions.ErrorCode[code], message);
}
